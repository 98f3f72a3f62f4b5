import * as tf from "@tensorflow/tfjs";
import { type Conv, conv, relu } from "../../nn/mod.ts";
import { smoothL1 } from "./box_losses.ts";

/** A region proposal network (Ren et al. 2015): for every anchor of a place a score and deltas. */
export type RpnHead = { rpn_conv: Conv; rpn_cls: Conv; rpn_reg: Conv };

/** What the network says of the anchors of a level, place by place. */
export type RpnOutput = {
  /** Logits `[images, anchors]`. */
  scores: tf.Tensor2D;
  /** `[images, anchors, 4]`. */
  deltas: tf.Tensor3D;
};

/** Scores and deltas of the anchors on a map. */
export function proposeOn(map: tf.Tensor4D, { rpn_conv, rpn_cls, rpn_reg }: RpnHead): RpnOutput {
  const [images] = map.shape;
  const x = relu(conv(map, rpn_conv, { padding: 1 }));
  return {
    scores: conv(x, rpn_cls).reshape([images, -1]),
    deltas: conv(x, rpn_reg).reshape([images, -1, 4]),
  };
}

/** What is to be said of the anchors of a level, `[images, anchors]` each. */
export type RpnTargets = {
  /** 1 where an object is to be found. */
  objects: tf.Tensor2D;
  /** 1 for anchors that are learned from. */
  weights: tf.Tensor2D;
  /** `[images, anchors, 4]`. */
  deltas: tf.Tensor3D;
};

/**
 * The losses of scores and deltas of a level, summed over its anchors.
 *
 * @param beta Where the loss of deltas turns from squares to distances.
 */
export function rpnLosses(
  { scores, deltas }: RpnOutput,
  { objects, weights, deltas: targets }: RpnTargets,
  beta: number,
): { score: tf.Scalar; box: tf.Scalar } {
  const positive = objects.mul(weights).expandDims(2);
  return {
    score: binaryCrossEntropy(scores, objects).mul(weights).sum(),
    box: smoothL1(deltas, targets, beta).mul(positive).sum(),
  };
}

/** Cross entropy of logits with targets from 0 to 1, element-wise and without overflow. */
export function binaryCrossEntropy<T extends tf.Tensor>(logits: T, targets: T): T {
  return logits.relu().sub(logits.mul(targets)).add(logits.abs().neg().exp().log1p());
}
