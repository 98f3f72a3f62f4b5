import * as tf from "@tensorflow/tfjs";
import { blockMaps, type Forward, type Vit } from "../../models/mod.ts";
import { type Conv, conv, maxPool } from "../../nn/mod.ts";
import type { MapNorm } from "../map_norm.ts";
import { type FinePyramid, type Pyramid, pyramid } from "../pyramid.ts";

/** A convolution under the name that mmcv's modules give it. */
export type ConvModule = { conv: Conv };

/**
 * A feature pyramid network (Lin et al. 2017): one convolution of each map to a common width, and
 * one after the coarser maps were added.
 */
export type Neck = { lateral_convs: readonly ConvModule[]; fpn_convs: readonly ConvModule[] };

/** A vision transformer without its last norm, with a pyramid. */
export type DetectorBackbone = Omit<Vit, "norm"> & (Pyramid | FinePyramid);

/** How images become maps. */
export type FeatureMapsOptions = Forward & {
  /** The blocks whose maps are taken, from 0. */
  blocks: readonly number[];
  norm: MapNorm;
};

/** Maps of one width with strides 4, 8, 16, 32 and 64, from images of a multiple of 32 pixels. */
export function featureMaps(
  images: tf.Tensor4D,
  { backbone, neck }: { backbone: DetectorBackbone; neck: Neck },
  { norm, ...forward }: FeatureMapsOptions,
): tf.Tensor4D[] {
  const maps = blockMaps(images, backbone as DetectorBackbone & Vit, { ...forward, normed: false });
  return neckMaps(pyramid(maps, backbone, { norm }), neck);
}

/** The four maps of a pyramid with one width, each with the coarser ones added, and a fifth. */
export function neckMaps(
  maps: readonly tf.Tensor4D[],
  { lateral_convs, fpn_convs }: Neck,
): tf.Tensor4D[] {
  const laterals = maps.map((map, i) => conv(map, lateral_convs[i]!.conv));
  for (let i = laterals.length - 1; i > 0; i--) {
    laterals[i - 1] = addDoubled(laterals[i - 1]!, laterals[i]!);
  }
  const outputs = laterals.map((map, i) => conv(map, fpn_convs[i]!.conv, { padding: 1 }));
  return [...outputs, maxPool(outputs.at(-1)!, { size: 1, stride: 2 })];
}

/** A map with another one added, each place of which becomes four. */
function addDoubled(fine: tf.Tensor4D, coarse: tf.Tensor4D): tf.Tensor4D {
  const [batch, rows, columns, width] = coarse.shape;
  const squares = fine.reshape([batch, rows, 2, columns, 2, width]);
  return squares.add(coarse.reshape([batch, rows, 1, columns, 1, width])).reshape(fine.shape);
}
