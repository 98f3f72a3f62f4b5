import * as tf from "@tensorflow/tfjs";
import {
  classTokens,
  encodeTokens,
  memoryQuery,
  normTokens,
  patchMean,
  type Recompute,
  relate,
} from "../models/mod.ts";
import {
  type HeadBuffers,
  lookUp,
  type Memory,
  trainContrastHead,
  trainGroupHead,
} from "../objectives/mod.ts";
import { dropPathMasks } from "../nn/mod.ts";
import type { Random } from "../random/mod.ts";
import type { MugsConfig } from "./config.ts";
import type { Network } from "./network.ts";

/** What the losses and the buffers take of a network's views, row after row, view after view. */
export type Embeddings = {
  /** Unit rows `[views * batch, out]` of the class tokens. */
  instance: tf.Tensor2D;
  /** Unit rows `[views * batch, out]` of the tokens related to their neighbors. */
  localGroup: tf.Tensor2D;
  /** Logits over the prototypes `[views * batch, prototypes]`. */
  group: tf.Tensor2D;
  /** Mean patch tokens of the large views, `[2 * batch, width]`: what a memory takes in. */
  patchMean: tf.Tensor2D;
  /** Class tokens of the large views, `[2 * batch, width]`. */
  classTokens: tf.Tensor2D;
};

/** What a forward pass needs beside images and parameters. */
export type ForwardOptions = {
  memory: Memory;
  config: Pick<MugsConfig, "heads" | "neighbors" | "normBeforePredictor">;
  /** Stochastic depth, one `[depth, 2, images]` for each group of images. */
  masks?: readonly tf.Tensor3D[];
  /**
   * Into how many independent chains of operations the backbone's work on a group is cut, for as many processors to run
   * side by side where each operation has one thread.
   */
  chains?: number;
  /** How blocks are run whose insides are too large to be kept for the gradients. */
  recompute?: Recompute;
};

/** Running statistics of the heads, by their names; empty branches where nothing is batch-normalized. */
export type NetworkBuffers = {
  instance_head: HeadBuffers;
  local_group_head: HeadBuffers;
  group_head: HeadBuffers;
};

/**
 * Embeds groups of images (each of one size; the large views come first). The backbone runs once a group, or once a chain
 * of it; the memory, the relation blocks and the heads run once on all.
 */
export function forward(
  groups: readonly tf.Tensor4D[],
  { backbone, ...heads }: Network,
  { memory, config, masks, chains = 1, recompute }: ForwardOptions,
): [Embeddings, NetworkBuffers] {
  const tokens = groups.map((images, i) => {
    const parts = split(images, chains, 0);
    const maskParts = masks?.length ? split(masks[i], parts.length, 2) : [];
    return parts.map((part, j) =>
      encodeTokens(part, backbone, { heads: config.heads, masks: maskParts[j], recompute })
    );
  });
  const all = concat(tokens.flat().map((x) => classTokens(x, backbone)));
  const query = concat(tokens.flat().map(memoryQuery));
  const { rows: neighbors } = lookUp(memory, query, config.neighbors);
  const related = relate(backbone, { query, neighbors, heads: config.heads });
  const [instance, a] = trainContrastHead(all, heads.instance_head, config);
  const [localGroup, b] = trainContrastHead(related, heads.local_group_head, config);
  const [group, c] = trainGroupHead(all, heads.group_head);
  return [{
    instance,
    localGroup,
    group,
    patchMean: concat(tokens[0].map((x) => patchMean(normTokens(x, backbone)))),
    classTokens: all.slice(0, groups[0].shape[0]),
  }, { instance_head: a, local_group_head: b, group_head: c }];
}

function concat(parts: tf.Tensor2D[]): tf.Tensor2D {
  return parts.length === 1 ? parts[0] : tf.concat(parts);
}

/** Cuts along an axis into equal parts, or not at all where it does not divide. */
function split<T extends tf.Tensor>(x: T, parts: number, axis: number): T[] {
  return parts === 1 || x.shape[axis] % parts ? [x] : tf.split(x, parts, axis);
}

/**
 * The masks of a student's forward pass, one for each group of views (two large ones, then the small ones); none where no
 * path is dropped.
 */
export function dropMasks(
  config: Pick<MugsConfig, "depth" | "dropPath"> & { batchSize: number; localCrops: number },
  random: Random,
): tf.Tensor3D[] {
  const { batchSize, localCrops, depth, dropPath: rate } = config;
  if (rate === 0) return [];
  return [2, localCrops].filter((views) => views > 0)
    .map((views) => dropPathMasks(random, { depth, rate, batch: views * batchSize }));
}
