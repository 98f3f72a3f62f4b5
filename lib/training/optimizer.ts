import { adamw, groups, lars, type Optimizer, sgd } from "../optim/mod.ts";
import type { OptimConfig } from "./config.ts";

/** The optimizer that a configuration asks for, with the four groups of pre-training. */
export function optimizerOf(config: OptimConfig): Optimizer {
  const { optimizer, patchEmbedRate, adamBetas: betas, adamEpsilon: epsilon } = config;
  const group = groups(patchEmbedRate);
  if (optimizer === "adamw") return adamw({ group, betas, epsilon });
  return { sgd, lars }[optimizer]({ group });
}
