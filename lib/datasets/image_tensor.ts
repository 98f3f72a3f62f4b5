import * as tf from "@tensorflow/tfjs";
import type { Image } from "../images/mod.ts";
import { normalizePixels } from "../transforms/mod.ts";

/**
 * Images of one size as a network takes them: `[images, height, width, 3]`, normalized.
 *
 * @throws {RangeError} If there are none, or their sizes differ.
 */
export function imageTensor(images: readonly Image[]): tf.Tensor4D {
  const [first] = images;
  if (!first) throw new RangeError("Cannot make a tensor of 0 images");
  const { width, height } = first;
  const data = new Float32Array(images.length * height * width * 3);
  for (const [i, image] of images.entries()) {
    if (image.width !== width || image.height !== height) {
      throw new RangeError(
        `Cannot make one tensor of images of ${width} x ${height} and of ` +
          `${image.width} x ${image.height} pixels`,
      );
    }
    normalizePixels(image, data, i * height * width * 3);
  }
  return tf.tensor4d(data, [images.length, height, width, 3]);
}
