import * as tf from "@tensorflow/tfjs";
import { readAll, type Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { classAttention, type Vit } from "../models/mod.ts";
import { evalCrop as crop, normalize } from "../transforms/mod.ts";
import type { FeatureOptions } from "./features.ts";

/** An image as the network saw it, and how much its class token attends to each patch: `attention[head][row][column]`. */
export type Attended = { image: Image; attention: number[][][] };

/**
 * Where the class token of a ViT's last layer looks in some images. They are computed together: ask for a few.
 *
 * @param options As of features; `heads` as the network was made.
 * @throws {Error} If an image cannot be read.
 */
export async function attended(
  parameters: Vit,
  samples: Sample[],
  { heads, size, evalCrop }: Pick<FeatureOptions, "size" | "evalCrop"> & { heads: number },
): Promise<Attended[]> {
  const shorterSide = evalCrop === "whole" ? "whole" as const : undefined;
  const found: Attended[] = [];
  for await (const { images } of readAll(samples, 16)) {
    const squares = images.map((image) => crop(image, size, { shorterSide }));
    const data = new Float32Array(squares.length * size * size * 3);
    squares.forEach((square, i) => normalize(square, data, i * size * size * 3));
    const maps = tf.tidy(() => {
      const input = tf.tensor4d(data, [squares.length, size, size, 3]);
      return classAttention(input, parameters, { heads });
    });
    const attention = await maps.array();
    maps.dispose();
    squares.forEach((image, i) => found.push({ image, attention: attention[i] }));
  }
  return found;
}
