import * as tf from "@tensorflow/tfjs";
import {
  erase,
  type ErasedPixels,
  imagenetDeviation,
  imagenetMean,
  normalizePixels,
} from "../transforms/mod.ts";

/**
 * Images as bytes, row by row, channels last; and the pixels that are erased once they are network
 * input, with the noise that replaces them.
 */
export type PixelArrays<Memory extends ArrayBufferLike = ArrayBufferLike> =
  & { bytes: Uint8Array<Memory> }
  & Partial<ErasedPixels>;

/**
 * Images as a network takes them, normalized. On TensorFlow they cross to the device as bytes, a
 * quarter of the size, and are normalized there, with the same results.
 *
 * @param shape `[images, height, width, 3]`.
 */
export function networkInput(
  pixels: PixelArrays,
  shape: [number, number, number, number],
): tf.Tensor4D {
  if (!tf.getKernel("NormalizePixels", tf.getBackend())) {
    return tf.tensor4d(normalizedPixels(pixels), shape);
  }
  const { bytes, index, noise } = pixels;
  return tf.tidy(() => {
    const attributes = { bytes, shape, mean: imagenetMean, deviation: imagenetDeviation };
    const input = tf.engine().runKernel(
      "NormalizePixels",
      {},
      attributes as unknown as tf.NamedAttrMap,
    ) as tf.Tensor4D;
    if (!index || !noise) return input;
    const rows = tf.tensor2d(index, [index.length, 1], "int32");
    const values = tf.tensor2d(noise, [index.length, 3]);
    return tf.tensorScatterUpdate(input.reshape([-1, 3]), rows, values).reshape(shape);
  });
}

/** The same numbers in an array. */
export function normalizedPixels({ bytes, index, noise }: PixelArrays): Float32Array<ArrayBuffer> {
  const input = new Float32Array(bytes.length);
  normalizePixels({ data: bytes }, input);
  if (index && noise) erase(input, { index, noise });
  return input;
}
