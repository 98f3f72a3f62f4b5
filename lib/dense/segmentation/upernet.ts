import * as tf from "@tensorflow/tfjs";
import { adaptivePool, resizeMap } from "../../nn/mod.ts";
import type { PyramidMaps } from "../pyramid.ts";
import { type ConvBlock, convBlock, type HeadWalk } from "./conv_block.ts";
import type { PlaceClassifier } from "./place_classifier.ts";

/** Parameters of UPerNet (Xiao et al., 2018), under mmsegmentation's names. */
export type UperNet = {
  psp_modules: readonly { 1: ConvBlock }[];
  bottleneck: ConvBlock;
  lateral_convs: readonly ConvBlock[];
  fpn_convs: readonly ConvBlock[];
  fpn_bottleneck: ConvBlock;
  conv_seg: PlaceClassifier;
};

/** Regions on a side over which the smallest map is averaged. */
export const poolScales = [1, 2, 3, 6] as const;

/** The maps of UPerNet on the way to the one that is classified. */
export type UperNetMaps = {
  /** Means over regions, at the size of the smallest map. */
  pooled: tf.Tensor4D[];
  /** What is made of them and the smallest map. */
  bottleneck: tf.Tensor4D;
  /** The other maps, to each of which the one below it is added. */
  laterals: tf.Tensor4D[];
  /** The same, smoothed. */
  smoothed: tf.Tensor4D[];
  /** All of them as one, at the size of the largest map. */
  fused: tf.Tensor4D;
};

/** Fuses maps of four sizes, the largest first, as mmsegmentation's `UPerHead`. */
export function uperNet(maps: PyramidMaps, p: UperNet, { norm, path }: HeadWalk): UperNetMaps {
  const at = (name: string) => ({ norm, path: `${path}.${name}` });
  const smallest = maps.at(-1)!;
  const pooled = p.psp_modules.map((module, i) => {
    const means = adaptivePool(smallest, poolScales[i]!);
    return resizeMap(convBlock(means, module[1], at(`psp_modules.${i}.1`)), sizeOf(smallest));
  });
  const bottleneck = convBlock(tf.concat([smallest, ...pooled], 3), p.bottleneck, at("bottleneck"));
  const laterals = p.lateral_convs
    .map((lateral, i) => convBlock(maps[i]!, lateral, at(`lateral_convs.${i}`)));
  for (let below = bottleneck, i = laterals.length - 1; i >= 0; i--) {
    laterals[i] = below = laterals[i]!.add(resizeMap(below, sizeOf(laterals[i]!)));
  }
  const smoothed = p.fpn_convs.map((conv, i) =>
    convBlock(laterals[i]!, conv, at(`fpn_convs.${i}`))
  );
  const all = [...smoothed, bottleneck].map((map) => resizeMap(map, sizeOf(maps[0])));
  const fused = convBlock(tf.concat(all, 3), p.fpn_bottleneck, at("fpn_bottleneck"));
  return { pooled, bottleneck, laterals, smoothed, fused };
}

function sizeOf({ shape: [, height, width] }: tf.Tensor4D): [number, number] {
  return [height, width];
}
