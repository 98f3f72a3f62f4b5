import type { Config } from "../configs/mod.ts";
import type { StepLayout } from "../pretraining/mod.ts";
import type { Flags } from "./flags.ts";

/** Flags that say how the work of a step is laid out: less memory for more time, and the same numbers but for rounding. */
export const layoutFlags = {
  accumulate: {
    kind: "integer",
    min: 1,
    max: 65536,
    about: "Parts of a batch, one after the other, whose gradients are added [1]",
  },
  chunk: {
    kind: "integer",
    min: 1,
    max: 34,
    orNone: true,
    about: "The student's views at a time, whose gradients are added [none: all]",
  },
  recompute: {
    kind: "switch",
    about: "Compute the insides of blocks anew for the gradient [from width 768 on]",
  },
} as const satisfies Flags;

/**
 * The layout that a command line asks for; what it leaves open follows from the width.
 *
 * @throws {RangeError} If the batch cannot be cut like that.
 */
export function layoutOf(
  values: Record<string, unknown>,
  { batchSize, batchNormInHead }: Pick<Config, "batchSize"> & { batchNormInHead?: boolean },
): StepLayout {
  const { accumulate, chunk, recompute } = values as StepLayout;
  if (accumulate && batchSize % accumulate) {
    throw new RangeError(`--batch-size ${batchSize} cannot be cut into --accumulate ${accumulate}`);
  }
  if (batchNormInHead && ((accumulate ?? 1) > 1 || chunk)) {
    throw new RangeError(
      "--batch-norm-in-head takes the statistics of all views: give neither --accumulate nor --chunk",
    );
  }
  return {
    ...accumulate !== undefined && { accumulate },
    ...chunk !== undefined && { chunk },
    ...recompute !== undefined && { recompute },
  };
}
