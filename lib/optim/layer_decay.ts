import type { Group } from "./groups.ts";

/** Options of {@linkcode layerDecay}. */
export type LayerDecayOptions = {
  /** What a layer's rate is multiplied with for each layer above it. */
  decay: number;
  /** Blocks of the backbone. */
  depth: number;
  /**
   * Whether the class token and positions decay like weights, as they do in the original's
   * semi-supervised and transfer training, where no list exempts them; by default they do not.
   */
  decayTokens?: boolean;
};

/**
 * The groups of fine-tuning as a rule: the deeper a layer lies, the slower it learns, and neither
 * vectors nor biases nor the class token nor positions decay.
 *
 * Source: BEiT's `optim_factory.py`, which Mugs' `optim_for_finetuning.py` follows.
 */
export function layerDecay(
  { decay, depth, decayTokens = false }: LayerDecayOptions,
): (name: string, rank: number) => Group {
  return (name, rank) => ({
    rate: decay ** (depth + 1 - layerOf(name, depth)),
    decays: rank > 1 && !name.endsWith(".bias") && (decayTokens || !isToken(name)),
  });
}

function isToken(name: string): boolean {
  return /(^|\.)(cls_token|pos_embed)$/.test(name);
}

/** 0 for what comes before the blocks, then the blocks, and one more for what comes after them. */
export function layerOf(name: string, depth: number): number {
  if (/(^|\.)(cls_token|pos_embed|mask_token)$/.test(name) || name.includes("patch_embed")) {
    return 0;
  }
  const [, block] = /(?:^|\.)blocks\.(\d+)\./.exec(name) ?? [];
  return block === undefined ? depth + 1 : Number(block) + 1;
}
