import { adamw } from "./adamw.ts";
import type { OptimConfig } from "./config.ts";
import type { Group } from "./groups.ts";
import { larc } from "./larc.ts";
import { lars } from "./lars.ts";
import type { Stacked } from "./lengths.ts";
import type { Optimizer } from "./optimizer.ts";
import { sgd } from "./sgd.ts";

/**
 * The optimizer that a configuration asks for.
 *
 * @param group The group of a parameter by its name and rank.
 */
export function optimizerOf(
  { optimizer, adamBetas: betas, adamEpsilon: epsilon }: OptimConfig,
  group: (name: string, rank: number) => Group,
  { stacked = false }: Stacked = {},
): Optimizer {
  if (optimizer === "adamw") return adamw({ group, stacked, betas, epsilon });
  if (optimizer === "lars_simclr") {
    return lars({ group, stacked, order: "trust, rate, momentum" });
  }
  return { sgd, lars, larc }[optimizer]({ group, stacked });
}
