import type { TensorFile } from "../../checkpoint/mod.ts";
import { escapeControls } from "../../images/mod.ts";
import type { BackboneOptions } from "../find_backbone.ts";
import { type Family, findNetwork, type LocatedTensors, match } from "../locate.ts";
import { shapesOf } from "../shapes.ts";
import { completeTokens } from "./complete_tokens.ts";
import type { VitSizes } from "./config.ts";
import { vitDialects } from "./dialects.ts";
import { foldLayerScale } from "./fold_layer_scale.ts";
import { fuseAttention } from "./fuse_attention.ts";
import { type Heads, headsOf, statedHeads } from "./heads.ts";
import { measureVit } from "./measure.ts";
import { refuseOthers } from "./refuse_others.ts";
import { vitShapes } from "./shapes.ts";

/** A vision transformer as it lies in a file. */
export type LocatedVit = LocatedTensors & {
  sizes: VitSizes;
  /** Whether nothing but the width speaks for the number of attention heads. */
  headsAssumed: boolean;
};

/** How vision transformers are told from other networks in a file. */
export const vitFamily: Family = {
  title: "vision transformer",
  dialects: vitDialects,
  advice: "a checkpoint of Mugs, DINO, iBOT, DeiT, timm, transformers or torchvision",
  beside: new RegExp(
    "^(head|heads|head_dist|fc|fc_norm|pre_logits|pooler|classifier|projector|predictor|" +
      "mask_token|masked_embed|decoder_\\w+|fpn\\d)(\\.|$)",
  ),
  trunk: new RegExp(
    "^(blocks|patch_embed|norm\\w*|pos_\\w+|embeddings|encoder|layers?|\\w*_tokens?)(\\.|$)",
  ),
  dispensable: /^relation_blocks\./, // Mugs' for the local-group features
};

/**
 * Finds the vision transformer in a file: under the keys and prefixes of Mugs, DINO, iBOT, DeiT and
 * timm (`teacher.`, `module.`, `backbone.`, `encoder.`, ...), or lying there alone; with a head or
 * without; under the names of timm, transformers or torchvision, with words of wrappers anywhere;
 * its queries, keys and values fused or not; with LayerScale and registers or without. Its sizes
 * are those of the shapes; see {@linkcode headsOf} for the number of heads, which shapes do not
 * tell.
 *
 * @param path What to call the file in errors.
 * @throws {TypeError} If the file holds no vision transformer, or one with missing, unknown or
 * misshapen tensors, or is the checkpoint of a detector.
 */
export function findVit(
  file: Pick<TensorFile, "tensors" | "metadata"> & Partial<TensorFile>,
  path: string,
  { key, heads, partial = false }: BackboneOptions = {},
): LocatedVit {
  const name = escapeControls(path);
  if (file.metadata.detection !== undefined) {
    throw new TypeError(
      `Cannot take the backbone of ${name}: it is the checkpoint of a detector, whose network ` +
        "has no final norm; take the checkpoint that its training began with",
    );
  }
  const { prefix, others, tensors } = findNetwork(file.tensors, vitFamily, { name, key });
  const network = completeTokens(foldLayerScale(fuseAttention(tensors)), name);
  refuseOthers(network, name);
  const measured = measureVit(shapesOf(network), name);
  const { width } = measured;
  const known = heads ? { heads, headsAssumed: false } : headsOf(file, { width, prefix });
  const { headsAssumed, ...count } = checked(known, width, name);
  if (heads) checkStated(heads, { stated: statedHeads(file, width), name });
  const sizes = { ...measured, ...count };
  const parts = match(network, vitShapes(sizes), { ...vitFamily, name, partial });
  const matched = Object.keys(tensors).length - Object.keys(parts.leftOver).length;
  return { prefix, others, sizes, headsAssumed, matched, ...parts };
}

/**
 * Refuses another number of heads than the network was trained with: it would compute otherwise.
 */
function checkStated(
  heads: number,
  { stated, name }: { stated: number | undefined; name: string },
): void {
  if (stated === undefined || stated === heads) return;
  throw new TypeError(
    `Cannot use ${name} with \`heads\` ${heads}: its configuration says that its network has ` +
      `${stated}; leave the number out`,
  );
}

function checked(heads: Heads | undefined, width: number, name: string): Heads {
  if (!heads) {
    throw new TypeError(
      `Cannot use ${name}: it does not say how many attention heads its network of width ` +
        `${width} has; \`heads\` does`,
    );
  }
  if (width % heads.heads === 0) return heads;
  throw new TypeError(
    `Cannot use ${name}: ${heads.heads} attention heads do not divide width ${width}; ` +
      `\`heads\` takes a divisor`,
  );
}
