import * as tf from "@tensorflow/tfjs";
import { readAll, type Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { evalCrop as crop } from "../transforms/mod.ts";
import { baselineSize } from "./baselines.ts";
import { type FeatureOptions, labelled } from "./features.ts";
import type { Features } from "./score.ts";

/**
 * Features that need no network, several at a time so that each image is read once.
 *
 * @param describe What to compute of an image of {@linkcode baselineSize} pixels a side, by name.
 * @throws {Error} If images cannot be read: all of them are tried first, and the message lists them.
 */
export async function describe<Name extends string>(
  describe: Record<Name, (image: Image) => Float32Array>,
  samples: Sample[],
  { evalCrop, classes, onProgress }: Pick<FeatureOptions, "evalCrop" | "classes" | "onProgress">,
): Promise<Record<Name, Features>> {
  const shorterSide = evalCrop === "whole" ? "whole" as const : undefined;
  const names = Object.keys(describe) as Name[];
  const found = new Map<Name, Float32Array>();
  let done = 0;
  for await (const { images } of readAll(samples, 64)) {
    for (const image of images) {
      const square = crop(image, baselineSize, { shorterSide });
      for (const name of names) {
        const row = describe[name](square);
        if (!found.has(name)) found.set(name, new Float32Array(samples.length * row.length));
        found.get(name)!.set(row, done * row.length);
      }
      done++;
    }
    onProgress?.(done);
  }
  const entries = names.map((name) => [name, {
    x: tf.tensor2d(found.get(name)!, [samples.length, found.get(name)!.length / samples.length]),
    ...labelled(samples, classes),
  }]);
  return Object.fromEntries(entries);
}
