import { adamw, groups, lars, type Optimizer, sgd } from "../optim/mod.ts";
import type { OptimConfig } from "./config.ts";

/** The optimizer that a configuration asks for, with the four groups of pre-training. */
export function optimizerOf({ optimizer, patchEmbedRate }: OptimConfig): Optimizer {
  return { adamw, sgd, lars }[optimizer]({ group: groups(patchEmbedRate) });
}
