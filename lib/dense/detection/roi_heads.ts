import * as tf from "@tensorflow/tfjs";
import {
  type BatchNorm,
  type Conv,
  conv,
  type Linear,
  linear,
  relu,
  type TransposedConv,
  transposedConv,
} from "../../nn/mod.ts";
import type { MapNorm } from "../map_norm.ts";
import type { ConvModule } from "./feature_maps.ts";
import { roiAlign, type RoiWeights } from "./roi_align.ts";

/** The head of a stage for boxes: four convolutions with batch normalization, and a layer. */
export type BoxHead = {
  shared_convs: readonly { conv: Conv; bn: BatchNorm }[];
  shared_fcs: readonly [Linear];
  fc_cls: Linear;
  fc_reg: Linear;
};

/** The head of a stage for masks. */
export type MaskHead = {
  convs: readonly ConvModule[];
  upsample: TransposedConv;
  conv_logits: Conv;
};

/**
 * What regions show, `[images * regions, bins, bins, channels]`: each on the map of its level.
 *
 * @param weights Of each map; those of the regions of other levels are 0.
 */
export function roiFeatures(
  maps: readonly tf.Tensor4D[],
  weights: readonly RoiWeights[],
): tf.Tensor4D {
  const parts = weights.map((weights, level) => roiAlign(maps[level]!, weights));
  const [images, regions, ...rest] = parts[0]!.shape;
  const sum = parts.reduce((sum, part) => sum.add(part));
  return sum.reshape([images * regions, ...rest] as [number, number, number, number]);
}

/** What a head says of regions. */
export type BoxOutput = {
  /** Logits `[regions, classes + 1]`; the last is that of the background. */
  scores: tf.Tensor2D;
  /** `[regions, classes * 4]`. */
  deltas: tf.Tensor2D;
};

/**
 * Scores and deltas of regions.
 *
 * @param path Where in the network the head stands, by which `norm` names its statistics.
 */
export function judgeRegions(
  features: tf.Tensor4D,
  { shared_convs, shared_fcs: [layer], fc_cls, fc_reg }: BoxHead,
  { norm, path }: { norm: MapNorm; path: string },
): BoxOutput {
  let x = features;
  for (const [i, { conv: p, bn }] of shared_convs.entries()) {
    x = relu(norm(conv(x, p, { padding: 1 }), bn, `${path}.shared_convs.${i}.bn`));
  }
  const rows = x.transpose([0, 3, 1, 2]).reshape<tf.Tensor2D>([x.shape[0], -1]);
  const hidden = relu(linear(rows, layer));
  return { scores: linear(hidden, fc_cls), deltas: linear(hidden, fc_reg) };
}

/** Logits of masks of regions, `[regions, side, side, classes]`. */
export function drawRegions(
  features: tf.Tensor4D,
  { convs, upsample, conv_logits }: MaskHead,
): tf.Tensor4D {
  let x = features;
  for (const { conv: p } of convs) x = relu(conv(x, p, { padding: 1 }));
  return conv(relu(transposedConv(x, upsample)), conv_logits);
}

/**
 * The masks of the classes of regions, `[regions, side, side]`.
 *
 * @param labels `[regions]`, int32.
 */
export function ofClass(masks: tf.Tensor4D, labels: tf.Tensor1D): tf.Tensor3D {
  const channel = tf.oneHot(labels, masks.shape[3]).toFloat().expandDims(1).expandDims(1);
  return masks.mul(channel).sum(3);
}
