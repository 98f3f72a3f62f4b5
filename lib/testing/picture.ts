import * as tf from "@tensorflow/tfjs";

const mean = [0.485, 0.456, 0.406];
const deviation = [0.229, 0.224, 0.225];

/**
 * Images `[batch, height, width, channels]` as the network takes them, of low-resolution ones
 * `[batch, channels, h, w]`. The rule is that of the goldens' README: a pixel is its low-resolution
 * value plus a pattern of the position.
 */
export function picture(
  base: ArrayLike<number>,
  [batch, channels, h, w]: [number, number, number, number],
): tf.Tensor4D {
  const [height, width] = [h * 4, w * 4];
  const data = new Float32Array(batch * height * width * channels);
  let at = 0;
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          const low = base[((n * channels + c) * h + (y >> 2)) * w + (x >> 2)]!;
          const value = low + ((7 * y + 13 * x + 29 * c) & 31);
          data[at++] = (value / 255 - mean[c]!) / deviation[c]!;
        }
      }
    }
  }
  return tf.tensor4d(data, [batch, height, width, channels]);
}
