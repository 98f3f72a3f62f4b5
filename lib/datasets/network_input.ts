import * as tf from "@tensorflow/tfjs";
import {
  erase,
  type ErasedPixels,
  imagenetDeviation,
  imagenetMean,
  normalizePixels,
  PHOTOMETRIC_NUMBERS,
} from "../transforms/mod.ts";
import { changeViews } from "./device_changes.ts";

/**
 * Images as bytes, row by row, channels last; how they are changed yet, if they are, as
 * `photometricNumbers`; and the pixels that are erased once they are network input, with the noise
 * that replaces them.
 */
export type PixelArrays<Memory extends ArrayBufferLike = ArrayBufferLike> =
  & { bytes: Uint8Array<Memory>; changes?: Float32Array<Memory> }
  & Partial<ErasedPixels>;

/** Changes images on the device and normalizes them, as {@linkcode changeViews} does. */
export type ChangeViews = (shares: tf.Tensor4D, numbers: tf.Tensor2D) => tf.Tensor4D;

/**
 * Images as a network takes them, normalized. On TensorFlow they cross to the device as bytes, a
 * quarter of the size, and are normalized there, with the same results.
 *
 * @param shape `[images, height, width, 3]`.
 * @param change What changes them, if they are changed yet; by default it is not compiled.
 */
export function networkInput(
  pixels: PixelArrays,
  shape: [number, number, number, number],
  change: ChangeViews = changeViews,
): tf.Tensor4D {
  const { bytes, changes, index, noise } = pixels;
  if (!changes && !tf.getKernel("NormalizePixels", tf.getBackend())) {
    return tf.tensor4d(normalizedPixels(pixels), shape);
  }
  return tf.tidy(() => {
    const input = changes
      ? change(onDevice(bytes, shape, plain), tf.tensor2d(changes, [shape[0], PHOTOMETRIC_NUMBERS]))
      : onDevice(bytes, shape, { mean: imagenetMean, deviation: imagenetDeviation });
    if (!index || !noise) return input;
    const rows = tf.tensor2d(index, [index.length, 1], "int32");
    const values = tf.tensor2d(noise, [index.length, 3]);
    return tf.tensorScatterUpdate(input.reshape([-1, 3]), rows, values).reshape(shape);
  });
}

type Scale = { mean: readonly number[]; deviation: readonly number[] };

/** Leaves bytes divided by 255 as they are. */
const plain: Scale = { mean: [0, 0, 0], deviation: [1, 1, 1] };

/** (byte / 255 - mean) / deviation, where TensorFlow computes it on the device. */
function onDevice(
  bytes: Uint8Array,
  shape: [number, number, number, number],
  scale: Scale,
): tf.Tensor4D {
  if (!tf.getKernel("NormalizePixels", tf.getBackend())) {
    return tf.tensor4d(Float32Array.from(bytes), shape).div(255);
  }
  const attributes = { bytes, shape, ...scale } as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel("NormalizePixels", {}, attributes) as tf.Tensor4D;
}

/** The same numbers in an array. */
export function normalizedPixels({ bytes, index, noise }: PixelArrays): Float32Array<ArrayBuffer> {
  const input = new Float32Array(bytes.length);
  normalizePixels({ data: bytes }, input);
  if (index && noise) erase(input, { index, noise });
  return input;
}
