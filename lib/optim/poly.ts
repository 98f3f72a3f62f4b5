import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode poly}. */
export type PolyOptions = {
  /** The exponent of the fall; 1 is a straight line. */
  power?: number;
  /** Where the fall would end, after the last step. */
  final?: number;
  /** Steps in which the rate rises beside its fall, from a share of it. */
  warmup?: number;
  /** That share. */
  warmupShare?: number;
};

/**
 * A rate that falls from `base` by a power of the steps that are left (mmcv's `PolyLrUpdaterHook`),
 * and in a warm-up is reduced by a share that shrinks linearly.
 *
 * @throws {RangeError} If the warm-up is longer than the run.
 */
export function poly(
  base: number,
  steps: number,
  { power = 1, final = 0, warmup = 0, warmupShare = 0 }: PolyOptions = {},
): Schedule {
  if (warmup > steps) {
    throw new RangeError(`Cannot warm up for ${warmup} of ${steps} steps: shorten the warm-up`);
  }
  return (step) => {
    const rate = final + (base - final) * Math.max(0, 1 - step / steps) ** power;
    return step < warmup ? rate * (1 - (1 - step / warmup) * (1 - warmupShare)) : rate;
  };
}
