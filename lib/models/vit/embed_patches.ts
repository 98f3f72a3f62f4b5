import * as tf from "@tensorflow/tfjs";

/**
 * A convolution whose stride is its size: weight `[width, channels, patch, patch]`, bias `[width]`.
 */
export type PatchProjection = { weight: tf.Tensor4D; bias: tf.Tensor1D };

/**
 * Patches of images `[batch, height, width, channels]` through one linear map:
 * `[batch, patches, out]`, row by row. The images are cut into runs of one patch row each, so that
 * no pixel moves alone; the weight, which is small, is put into the order of the pixels instead.
 *
 * @throws {RangeError} If the image is not a whole number of patches.
 */
export function embedPatches(images: tf.Tensor4D, { weight, bias }: PatchProjection): tf.Tensor3D {
  const [batch, height, width, channels] = images.shape;
  const [out, inputs, size] = weight.shape;
  if (channels !== inputs) {
    throw new RangeError(`Cannot embed images of ${channels} channels: the model takes ${inputs}`);
  }
  if (height % size || width % size) {
    throw new RangeError(
      `Cannot cut images of ${height} x ${width} px into patches of ${size} px: ` +
        `the remainder is ${height % size} x ${width % size}`,
    );
  }
  const [rows, columns] = [height / size, width / size];
  const runs = images.reshape([batch * rows, size, columns, size * channels]);
  const pixels = runs.transpose([0, 2, 1, 3])
    .reshape<tf.Tensor2D>([batch * rows * columns, size * size * channels]);
  const kernel = weight.transpose([0, 2, 3, 1]).reshape<tf.Tensor2D>([out, -1]);
  return tf.matMul(pixels, kernel, false, true).add(bias).reshape([batch, rows * columns, out]);
}
