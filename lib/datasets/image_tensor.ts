import type * as tf from "@tensorflow/tfjs";
import { checkImage, type Image } from "../images/mod.ts";
import { networkInput } from "./network_input.ts";

/**
 * Images of one size as a network takes them: `[images, height, width, 3]`, normalized.
 *
 * @throws {RangeError} If there are none, their sizes differ, or their data are not three bytes for
 * each pixel.
 */
export function imageTensor(images: readonly Image[]): tf.Tensor4D {
  const [first] = images;
  if (!first) throw new RangeError("Cannot make a tensor of 0 images");
  const { width, height } = first;
  const bytes = new Uint8Array(images.length * height * width * 3);
  for (const [i, image] of images.entries()) {
    if (image.width !== width || image.height !== height) {
      throw new RangeError(
        `Cannot make one tensor of images of ${width} x ${height} and of ` +
          `${image.width} x ${image.height} pixels`,
      );
    }
    checkImage(image, "make a tensor of");
    bytes.set(image.data, i * height * width * 3);
  }
  return networkInput({ bytes }, [images.length, height, width, 3]);
}
