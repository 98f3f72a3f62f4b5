import type * as tf from "@tensorflow/tfjs";
import type { MugsConfig } from "../../configs/mod.ts";
import { classTokens, memoryQuery, normTokens, patchMean, relate } from "../../models/mod.ts";
import {
  type HeadBuffers,
  lookUp,
  type Memory,
  trainContrastHead,
  trainGroupHead,
} from "../../objectives/mod.ts";
import { concatRows, encodeGroups, type ImageGroup } from "../backbone.ts";
import type { Layout } from "../method.ts";
import type { MugsNetwork } from "./network.ts";

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
export type ForwardOptions = Layout & {
  memory: Memory;
  config: Pick<MugsConfig, "heads" | "neighbors" | "normBeforePredictor">;
};

/**
 * Running statistics of the heads, by their names; empty branches where nothing is
 * batch-normalized.
 */
export type NetworkBuffers = {
  instance_head: HeadBuffers;
  local_group_head: HeadBuffers;
  group_head: HeadBuffers;
};

/**
 * Embeds groups of images (each of one size; the large views come first). The backbone runs once a
 * group, or once a chain of it; the memory, the relation blocks and the heads run once on all.
 */
export function forward(
  groups: readonly ImageGroup[],
  { backbone, ...heads }: MugsNetwork,
  { memory, config, ...layout }: ForwardOptions,
): [Embeddings, NetworkBuffers] {
  const tokens = encodeGroups(groups, backbone, { config, ...layout });
  const all = concatRows(tokens.flat().map((x) => classTokens(x, backbone)));
  const query = concatRows(tokens.flat().map(memoryQuery));
  const { rows: neighbors } = lookUp(memory, query, config.neighbors);
  const related = relate(backbone, { query, neighbors, heads: config.heads });
  const { processes } = layout;
  const options = { normBeforePredictor: config.normBeforePredictor, processes };
  const [instance, a] = trainContrastHead(all, heads.instance_head, options);
  const [localGroup, b] = trainContrastHead(related, heads.local_group_head, options);
  const [group, c] = trainGroupHead(all, heads.group_head, { processes });
  return [{
    instance,
    localGroup,
    group,
    patchMean: concatRows(tokens[0]!.map((x) => patchMean(normTokens(x, backbone)))),
    classTokens: all.slice(0, groups[0]!.images.shape[0]),
  }, { instance_head: a, local_group_head: b, group_head: c }];
}
