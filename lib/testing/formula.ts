import * as tf from "@tensorflow/tfjs";

/**
 * Numbers from -0.5 up to 0.5 by a hash of the flat index of a tensor's element, for tensor `j` of
 * a golden file whose parameters are a formula.
 */
export function hashed(j: number, seed: number): (i: number) => number {
  return (i) => {
    let h = Math.imul(i, 2654435761) + (Math.imul(j, 40503) + seed) | 0;
    h = Math.imul(h ^ h >>> 16, 2246822507);
    h = Math.imul(h ^ h >>> 13, 3266489909);
    return ((h ^ h >>> 16) >>> 0) / 4294967296 - 0.5;
  };
}

/** Images `[count, size, size, 3]` made of waves, which the network takes as they are. */
export function waves(count: number, size: number, { first = 0 } = {}): tf.Tensor4D {
  const data = new Float32Array(count * size * size * 3);
  let at = 0;
  for (let n = first; n < first + count; n++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        for (let c = 0; c < 3; c++) {
          data[at++] = Math.sin(0.05 * y * (1 + c) + 0.07 * x + 1.3 * n + 0.5 * c) +
            0.5 * Math.cos(0.011 * x * y / (1 + n) + c);
        }
      }
    }
  }
  return tf.tensor4d(data, [count, size, size, 3]);
}
