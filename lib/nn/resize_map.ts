import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";
import { type AxisWeights, separable, transposed } from "./separable.ts";

/** Height and width of a map. */
export type MapSize = readonly [height: number, width: number];

/**
 * Resizes maps `[batch, height, width, channels]` by bilinear interpolation between the centers of
 * places, as PyTorch's `interpolate(mode="bilinear", align_corners=False)`: where a map shrinks,
 * places between are passed over.
 */
export function resizeMap(x: tf.Tensor4D, [height, width]: MapSize): tf.Tensor4D {
  const [, rows, columns] = x.shape;
  if (rows === height && columns === width) return x;
  const [vertical, horizontal] = [bilinear(rows, height), bilinear(columns, width)];
  // TensorFlow.js's own gradient does not know of centers.
  return customGradient(
    (x: tf.Tensor4D) => ({
      value: tf.image.resizeBilinear(x, [height, width], false, true),
      saved: {},
    }),
    (dy) => [separable(dy, transposed(vertical), transposed(horizontal))],
  )(x);
}

/** From which places of an axis each of a resized one comes. */
function bilinear(from: number, to: number): AxisWeights {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const position = Math.max(0, (i + 0.5) * (from / to) - 0.5);
    const first = Math.min(from - 1, Math.floor(position));
    const share = Math.min(1, position - first);
    weights[i * from + first]! += 1 - share;
    weights[i * from + Math.min(from - 1, first + 1)]! += share;
  }
  return { to, from, weights };
}
