import * as tf from "@tensorflow/tfjs";
import { type Deviations, greatestGrowth } from "./box_coder.ts";

/**
 * 1 less the generalized overlap of boxes `[boxes, 4]` with their targets (Rezatofighi et al. 2019):
 * `[boxes]`.
 */
export function giouLoss(boxes: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  const [a, b] = [corners(boxes), corners(targets)];
  const positive = (side: tf.Tensor) => side.relu();
  const common = positive(tf.minimum(a.right, b.right).sub(tf.maximum(a.left, b.left)))
    .mul(positive(tf.minimum(a.bottom, b.bottom).sub(tf.maximum(a.top, b.top))));
  const area = (box: Sides) => box.right.sub(box.left).mul(box.bottom.sub(box.top));
  const union = tf.maximum(area(a).add(area(b)).sub(common), 1e-6);
  const hull = tf.maximum(
    positive(tf.maximum(a.right, b.right).sub(tf.minimum(a.left, b.left)))
      .mul(positive(tf.maximum(a.bottom, b.bottom).sub(tf.minimum(a.top, b.top)))),
    1e-6,
  );
  const overlap = common.div(union).sub(hull.sub(union).div(hull));
  return tf.sub(1, overlap);
}

type Sides = Record<"left" | "top" | "right" | "bottom", tf.Tensor1D>;

function corners(boxes: tf.Tensor2D): Sides {
  const [left, top, right, bottom] = tf.unstack(boxes, 1) as tf.Tensor1D[];
  return { left: left!, top: top!, right: right!, bottom: bottom! };
}

/** The difference of numbers from targets, squared where it is smaller than `beta`: element-wise. */
export function smoothL1<T extends tf.Tensor>(x: T, targets: T, beta: number): T {
  const distance = x.sub(targets).abs();
  const near = distance.minimum(beta);
  return near.square().mul(0.5 / beta).add(distance.sub(near));
}

/**
 * The boxes to which deltas lead, as `decodeBoxes` works them out, so that a loss of boxes reaches
 * the deltas.
 *
 * @param boxes `[boxes, 4]`.
 * @param deltas `[boxes, 4]`.
 */
export function decodedBoxes(
  boxes: tf.Tensor2D,
  deltas: tf.Tensor2D,
  deviations: Deviations,
): tf.Tensor2D {
  const { left, top, right, bottom } = corners(boxes);
  const [dx, dy, growX, growY] = tf.unstack(deltas.mul(tf.tensor1d([...deviations])), 1);
  const limit = Math.log(greatestGrowth);
  const along = (start: tf.Tensor, end: tf.Tensor, [shift, grow]: [tf.Tensor, tf.Tensor]) => {
    const side = end.sub(start);
    const middle = start.add(end).mul(0.5).add(side.mul(shift));
    const half = side.mul(grow.clipByValue(-limit, limit).exp()).mul(0.5);
    return [middle.sub(half), middle.add(half)] as const;
  };
  const [x1, x2] = along(left, right, [dx!, growX!]);
  const [y1, y2] = along(top, bottom, [dy!, growY!]);
  return tf.stack([x1, y1, x2, y2], 1) as tf.Tensor2D;
}
