import type { Located } from "../../checkpoint/mod.ts";
import type { BackboneOptions } from "../find_backbone.ts";
import {
  type FamilyMarks,
  findPrefix,
  type LocatedTensors,
  match,
  tensorsBelow,
} from "../locate.ts";
import { shapesOf } from "../shapes.ts";
import type { VitSizes } from "./config.ts";
import { fuseAttention } from "./fuse_attention.ts";
import { measureVit } from "./measure.ts";
import { vitShapes } from "./shapes.ts";

/** A vision transformer as it lies in a file. */
export type LocatedVit = LocatedTensors & { sizes: VitSizes };

/** Attention heads of the published widths. */
const publishedHeads: Record<number, number> = { 192: 3, 384: 6, 768: 12, 1024: 16 };

/** How vision transformers are told from other networks in a file. */
export const vitMarks: FamilyMarks = {
  title: "vision transformer",
  mark: "patch_embed.proj.weight",
  advice: "a checkpoint of Mugs, DINO, iBOT, DeiT or timm",
  beside: new RegExp(
    "^(head|head_dist|fc|fc_norm|pre_logits|classifier|projector|predictor|" +
      "mask_token|masked_embed|decoder_\\w+)(\\.|$)",
  ),
};

/**
 * Finds the vision transformer in a file: under the keys and prefixes of Mugs, DINO, iBOT, DeiT and
 * timm (`teacher.`, `module.`, `backbone.`, `encoder.`, ...), or lying there alone; with a head or
 * without; its queries, keys and values fused or not. Its sizes are those of the shapes; the number
 * of heads, which shapes do not tell, is that of the configuration in the metadata, else that of
 * the published model of this width.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If the file holds no vision transformer, or one with missing, unknown or
 * misshapen tensors.
 */
export function findVit(
  { tensors, metadata }: { tensors: Record<string, Located>; metadata: Record<string, string> },
  name: string,
  { key, heads, partial = false }: BackboneOptions = {},
): LocatedVit {
  const prefix = findPrefix(Object.keys(tensors), vitMarks, { name, key });
  const network = fuseAttention(tensorsBelow(tensors, prefix));
  const measured = measureVit(shapesOf(network), name);
  const sizes = { ...measured, heads: headsOf(measured.width, { heads, metadata, name }) };
  return { prefix, sizes, ...match(network, vitShapes(sizes), { ...vitMarks, name, partial }) };
}

/** The number of attention heads: as asked for, as the file says, or as published for the width. */
function headsOf(
  width: number,
  { heads, metadata, name }: { heads?: number; metadata: Record<string, string>; name: string },
): number {
  const count = heads ?? configuredHeads(metadata) ?? publishedHeads[width];
  if (!count) {
    throw new TypeError(
      `Cannot use ${name}: it does not say how many attention heads its network of width ` +
        `${width} has; \`heads\` does`,
    );
  }
  if (width % count === 0) return count;
  throw new TypeError(
    `Cannot use ${name}: ${count} attention heads do not divide width ${width}; ` +
      `\`heads\` takes a divisor`,
  );
}

function configuredHeads(metadata: Record<string, string>): number | undefined {
  try {
    const { heads } = JSON.parse(metadata.config ?? "{}");
    return Number.isInteger(heads) && heads > 0 ? heads : undefined;
  } catch {
    return undefined;
  }
}
