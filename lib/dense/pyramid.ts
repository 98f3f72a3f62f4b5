import type * as tf from "@tensorflow/tfjs";
import { type BatchNorm, gelu, maxPool, type TransposedConv, transposedConv } from "../nn/mod.ts";
import type { Shapes } from "../tree/mod.ts";
import type { MapNorm } from "./map_norm.ts";

/**
 * What makes maps of four sizes of those of a vision transformer, under the names of the reference:
 * two transposed convolutions with batch normalization and GELU between them, and one. The third
 * map stays as it is, and the fourth is pooled.
 */
export type Pyramid = {
  fpn1: { 0: TransposedConv; 1: BatchNorm; 3: TransposedConv };
  fpn2: readonly [TransposedConv];
};

/**
 * The same for patches of 8 pixels, whose maps are finer: one transposed convolution. The second map
 * stays as it is, and two are pooled.
 */
export type FinePyramid = { fpn1: readonly [TransposedConv] };

/**
 * Maps `[batch, rows, columns, width]` with 4, 2, 1 and 1/2 times the rows and columns of a patch's.
 */
export type PyramidMaps = [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];

/**
 * Maps of four sizes from those after four blocks of a vision transformer (`register_backbone.py`
 * of the reference). With patches of 8 pixels they have half as many rows and columns in relation
 * to those of a patch, so that they are of the same pixels.
 *
 * @param path Where in the network the pyramid stands, by which `norm` names its statistics.
 */
export function pyramid(
  maps: readonly tf.Tensor4D[],
  p: Pyramid | FinePyramid,
  { norm, path = "backbone" }: { norm: MapNorm; path?: string },
): PyramidMaps {
  const [first, second, third, fourth] = maps as PyramidMaps;
  if (!isWhole(p)) {
    return [
      transposedConv(first, p.fpn1[0]),
      second,
      maxPool(third, { size: 2, stride: 2 }),
      maxPool(fourth, { size: 4, stride: 4 }),
    ];
  }
  const { fpn1, fpn2 } = p;
  const doubled = norm(transposedConv(first, fpn1[0]), fpn1[1], `${path}.fpn1.1`);
  return [
    transposedConv(gelu(doubled), fpn1[3]),
    transposedConv(second, fpn2[0]),
    third,
    maxPool(fourth, { size: 2, stride: 2 }),
  ];
}

function isWhole(p: Pyramid | FinePyramid): p is Pyramid {
  return "fpn2" in p;
}

/**
 * The blocks whose maps a pyramid takes, from 0: those at a third, a half, two thirds and the end,
 * which of twelve blocks are 3, 5, 7 and 11.
 */
export function pyramidBlocks(depth: number): number[] {
  return [1 / 3, 1 / 2, 2 / 3, 1].map((share) => Math.max(1, Math.round(share * depth)) - 1);
}

/** The tensors of a pyramid by name; `fine` is that for patches of 8 pixels. */
export function pyramidShapes(width: number, { fine = false } = {}): Shapes {
  const transposed = (path: string): Shapes => ({
    [`${path}.weight`]: [width, width, 2, 2],
    [`${path}.bias`]: [width],
  });
  if (fine) return transposed("fpn1.0");
  return {
    ...transposed("fpn1.0"),
    ...{ "fpn1.1.weight": [width], "fpn1.1.bias": [width] },
    ...{ "fpn1.1.running_mean": [width], "fpn1.1.running_var": [width] },
    "fpn1.1.num_batches_tracked": [],
    ...transposed("fpn1.3"),
    ...transposed("fpn2.0"),
  };
}
