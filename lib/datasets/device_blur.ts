import * as tf from "@tensorflow/tfjs";

/** Number of box blurs that approximate a Gaussian, as in `gaussianBlur`. */
const PASSES = 3;

/** A weight for each view, in two parts. */
type Weight = readonly tf.Tensor4D[];

/**
 * Blurs each view by weights of its own: three passes along the rows, then three along the columns,
 * each rounded to whole numbers. The outermost pixels are repeated beyond the edges.
 *
 * @param x Whole numbers from 0 to 255, `[views, height, width, channels]`.
 * @param weights Of pixels at a distance of 0, 1 and 2: each in units of 2^-12 and what it lacks in
 * units of 2^-24, `[views, 1, 1, 1]`.
 */
export function blurBytes(x: tf.Tensor4D, weights: readonly Weight[]): tf.Tensor4D {
  for (const axis of [2, 1]) {
    for (let pass = 0; pass < PASSES; pass++) x = blurAlong(x, weights, axis);
  }
  return x;
}

function blurAlong(x: tf.Tensor4D, weights: readonly Weight[], axis: number): tf.Tensor4D {
  const length = x.shape[axis]!;
  const part = (from: tf.Tensor4D, start: number, size: number) => {
    const begin = [0, 0, 0, 0], sizes = [...x.shape];
    begin[axis] = start;
    sizes[axis] = size;
    return from.slice(begin, sizes);
  };
  const first = part(x, 0, 1), last = part(x, length - 1, 1);
  const padded = tf.concat([first, first, x, last, last], axis);
  const around = [1, 2].map((distance) =>
    part(padded, 2 - distance, length).add<tf.Tensor4D>(part(padded, 2 + distance, length))
  );
  /** One part of the weighted sum, which is a whole number below 2^21. */
  const sum = (of: number) =>
    [x, ...around].map((pixels, distance) => pixels.mul<tf.Tensor4D>(weights[distance]![of]!))
      .reduce((sum, term) => sum.add(term));
  const rest = sum(1).add(2 ** 23).div(2 ** 12).floor();
  return sum(0).add(rest).div<tf.Tensor4D>(2 ** 12).floor();
}
