import type { Config } from "../configs/mod.ts";
import { dropPathMasks } from "../nn/mod.ts";
import type { Random } from "../random/mod.ts";
import type { Masks } from "./method.ts";

/**
 * Masks of stochastic depth for a student's groups of views, drawn one after the other; none where
 * no path is dropped, or no block is there whose paths could be.
 *
 * @param counts Views of each group; a group of 0 has no mask.
 */
export function viewMasks(
  { batchSize, depth, dropPath: rate, resnet }: Config,
  counts: Record<string, number>,
  random: Random,
): Masks {
  if (rate === 0 || resnet) return {};
  const entries = Object.entries(counts).filter(([, views]) => views > 0)
    .map(([name, views]) => [
      name,
      dropPathMasks(random, { depth, rate, batch: views * batchSize }),
    ]);
  return Object.fromEntries(entries);
}
