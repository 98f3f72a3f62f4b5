import * as tf from "@tensorflow/tfjs";
import { readAll, type Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { evalCrop as cropImage } from "../transforms/mod.ts";
import { type FeatureOptions, labelTensors } from "./features.ts";
import type { Features } from "./score.ts";

/** Side in pixels of the square at which images are described without a network. */
export const baselineSize = 64;

/**
 * Features that need no network, several at a time so that each image is read once.
 *
 * @param descriptions What to compute of an image of {@linkcode baselineSize} pixels a side, by
 * name.
 * @throws {Error} If images cannot be read: all of them are tried first, and the message lists
 * them.
 */
export async function describe<Name extends string>(
  descriptions: Record<Name, (image: Image) => Float32Array>,
  samples: Sample[],
  { evalCrop, classes, onProgress }: Pick<FeatureOptions, "evalCrop" | "classes" | "onProgress">,
): Promise<Record<Name, Features>> {
  const names = Object.keys(descriptions) as Name[];
  const columns = new Map<Name, Float32Array>();
  let done = 0;
  for await (const { images } of readAll(samples, 64)) {
    for (const image of images) {
      const square = cropImage(image, baselineSize, { evalCrop });
      for (const name of names) {
        const row = descriptions[name](square);
        const column = columns.get(name) ?? new Float32Array(samples.length * row.length);
        column.set(row, done * row.length);
        columns.set(name, column);
      }
      done++;
    }
    onProgress?.(done);
  }
  const entries = Array.from(columns, ([name, column]) => [name, {
    x: tf.tensor2d(column, [samples.length, column.length / samples.length]),
    ...labelTensors(samples, classes),
  }]);
  return Object.fromEntries(entries);
}
