import * as tf from "@tensorflow/tfjs";
import type { BackboneConfig } from "../configs/mod.ts";
import {
  type Backbone,
  encodeTokens,
  type Forward,
  imageFeatures,
  isVit,
  type Tokens,
  trainResnetFeatures,
  type Vit,
  withBuffers,
} from "../models/mod.ts";
import { late, type RunningOptions } from "../nn/mod.ts";
import type { Tree } from "../tree/mod.ts";
import type { Layout } from "./method.ts";

/** Images of one size, and their mask of stochastic depth `[depth, 2, images]` where paths drop. */
export type ImageGroup = {
  images: tf.Tensor4D;
  mask?: tf.Tensor3D;
  /** 1 where a patch is masked, else 0, `[images, patches]`; by default none are. */
  patchMasks?: tf.Tensor2D;
};

/** What a pass through a backbone needs beside images and parameters. */
export type BackbonePassOptions = Layout & {
  config: Pick<BackboneConfig, "heads" | "resnet">;
  /** How running statistics of batch normalizations move; by default as PyTorch's do. */
  running?: RunningOptions;
};

/**
 * The features of groups of images `[images of all groups, width]`, and the next running statistics
 * of the backbone by its names; a vision transformer has none. Groups run one after the other:
 * batch statistics are those of a group, and running ones move once for each.
 */
export function groupFeatures(
  groups: readonly ImageGroup[],
  backbone: Backbone,
  options: BackbonePassOptions,
): [tf.Tensor2D, Tree] {
  if (isVit(backbone)) {
    const embed = (images: tf.Tensor4D, forward: Forward) =>
      imageFeatures(images, backbone, forward);
    return [concatRows(inChains(groups, options, embed).flat()), {}];
  }
  const { config: { resnet: { samePadding, pixels } = {} }, running, processes } = options;
  let statistics: ReturnType<typeof trainResnetFeatures>[1] = {};
  const features = groups.map(({ images }) => {
    const network = withBuffers(backbone, statistics);
    const [features, next] = trainResnetFeatures(images, network, {
      samePadding,
      pixels,
      processes,
      ...running,
    });
    statistics = next;
    return features;
  });
  return [concatRows(features), statistics];
}

/** The views of a group each as a group of its own, which then has batch statistics of its own. */
export function viewsOf({ images, mask }: ImageGroup, count: number): ImageGroup[] {
  const masks = mask ? tf.split<tf.Tensor3D>(mask, count, 2) : [];
  return tf.split<tf.Tensor4D>(images, count).map((images, i) => ({ images, mask: masks[i] }));
}

/** The tokens of groups of images: those of a group in one part for each chain of operations. */
export function encodeGroups(
  groups: readonly ImageGroup[],
  vit: Vit,
  options: BackbonePassOptions,
): Tokens[][] {
  return inChains(groups, options, (images, forward) => encodeTokens(images, vit, forward));
}

/**
 * What `encode` makes of groups of images, each cut into a part for each chain of operations. A
 * chain begins with its part of a group once it is done with that of the group before, so that all
 * chains end at the same time.
 */
function inChains<T extends tf.Tensor>(
  groups: readonly ImageGroup[],
  { config: { heads }, chains = 1, recompute, lean }: BackbonePassOptions,
  encode: (images: tf.Tensor4D, forward: Forward) => T,
): T[][] {
  let before: T[] = [];
  return groups.map(({ images, mask, patchMasks }) => {
    const parts = split(images, chains, 0);
    const masks = mask ? split(mask, parts.length, 2) : [];
    const patches = patchMasks ? split(patchMasks, parts.length, 0) : [];
    return before = parts.map((part, i) => {
      const forward = { heads, masks: masks[i], patchMasks: patches[i], recompute, lean };
      const previous = chains > 1 ? before[i] : undefined;
      return encode(previous ? late(part, previous) : part, forward);
    });
  });
}

/** Rows one after the other. */
export function concatRows(parts: tf.Tensor2D[]): tf.Tensor2D {
  const [first, ...others] = parts;
  if (!first) throw new RangeError("Cannot embed 0 groups of images");
  return others.length ? tf.concat(parts) : first;
}

/** Cuts along an axis into equal parts, or not at all where it does not divide. */
function split<T extends tf.Tensor>(x: T, parts: number, axis: number): T[] {
  return parts === 1 || x.shape[axis]! % parts ? [x] : tf.split(x, parts, axis);
}
