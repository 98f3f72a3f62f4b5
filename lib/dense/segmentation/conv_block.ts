import type * as tf from "@tensorflow/tfjs";
import { type BatchNorm, type Conv, conv, relu } from "../../nn/mod.ts";
import type { MapNorm } from "../map_norm.ts";

/** Parameters of a convolution without bias that a batch normalization and ReLU follow. */
export type ConvBlock = { conv: Conv; bn: BatchNorm };

/** How the blocks of a head are run: how they normalize, and where in the network they stand. */
export type HeadWalk = { norm: MapNorm; path: string };

/** A convolution that keeps the size of a map, a batch normalization and ReLU. */
export function convBlock(x: tf.Tensor4D, p: ConvBlock, { norm, path }: HeadWalk): tf.Tensor4D {
  const padding = (p.conv.weight.shape[2] - 1) / 2;
  return relu(norm(conv(x, p.conv, { padding }), p.bn, `${path}.bn`));
}
