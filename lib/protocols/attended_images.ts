import * as tf from "@tensorflow/tfjs";
import { imageTensor, readAll, type Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { evalCrop as cropImage } from "../transforms/mod.ts";
import { evalSide, type EvalView } from "./eval_view.ts";

/** An encoder that tells where it looks: maps `[batch, heads, rows, columns]` of images. */
export type Attentive = { attention(images: tf.Tensor4D): tf.Tensor4D };

/** An image as the network saw it, and where it looked: `attention[head][row][column]`. */
export type AttendedImage = { image: Image; attention: number[][][] };

/**
 * Where an encoder looks in some images.
 *
 * @throws {Error} If an image cannot be read.
 */
export async function attendedImages(
  encoder: Attentive,
  samples: Sample[],
  view: EvalView,
): Promise<AttendedImage[]> {
  const attended: AttendedImage[] = [];
  for await (const { images } of readAll(samples, 16)) {
    const squares = images.map((image) => cropImage(image, evalSide(view), view));
    const maps = tf.tidy(() => encoder.attention(imageTensor(squares)));
    const attention = await maps.array();
    maps.dispose();
    attended.push(...squares.map((image, i) => ({ image, attention: attention[i]! })));
  }
  return attended;
}
