import type { DeepclusterV2Config } from "./config.ts";

/**
 * Refuses what each field of DeepCluster-v2 allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
export function checkDeepclusterV2({ memoryViews }: DeepclusterV2Config): void {
  if (new Set(memoryViews).size === memoryViews.length) return;
  throw new RangeError(`\`memoryViews\` ${memoryViews} names a view twice: name each once`);
}
