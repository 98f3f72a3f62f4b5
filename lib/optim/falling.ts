import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode falling}. */
export type FallingOptions = {
  /** Steps after which the rate falls. */
  after: readonly number[];
  /** What it is multiplied with then. */
  factor?: number;
  /** Steps in which the rate rises linearly, from a share of it. */
  warmup?: number;
  /** That share. */
  warmupShare?: number;
};

/** A rate that stays, and falls after some steps (mmcv's `StepLrUpdaterHook`). */
export function falling(
  base: number,
  { after, factor = 0.1, warmup = 0, warmupShare = 0 }: FallingOptions,
): Schedule {
  return (step) => {
    const rate = base * factor ** after.filter((fall) => step >= fall).length;
    return step < warmup ? rate * (1 - (1 - step / warmup) * (1 - warmupShare)) : rate;
  };
}
