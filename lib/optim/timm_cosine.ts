import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode timmCosine}. */
export type TimmCosineOptions = {
  /** The rate after the warm-up, and at the end of a cycle. */
  rate: number;
  minimum: number;
  /** Length of the first cycle, in epochs or in updates. */
  length: number;
  warmup?: number;
  /** The first rate of the warm-up. */
  warmupRate?: number;
  /** Whether cycles begin behind the warm-up; by default it takes the beginning of the first. */
  warmupFirst?: boolean;
  /** After so many cycles the rate stays at the minimum; by default after one. */
  cycles?: number;
  /** By what a cycle is longer than the one before. */
  lengthening?: number;
  /** What the rates of a cycle are multiplied with for each cycle before it. */
  cycleDecay?: number;
};

/**
 * timm's cosine schedule, with restarts where there are several cycles. The minimum may lie above
 * the rate, which then rises, as in the official commands of semi-supervised training.
 *
 * Source: timm 0.4.5, `CosineLRScheduler`, in which the minimum decays with the cycles, too.
 */
export function timmCosine(options: TimmCosineOptions): Schedule {
  const { rate, minimum, warmup = 0, warmupRate = 0, warmupFirst = false } = options;
  const { cycles = 1, cycleDecay = 1 } = options;
  return (time) => {
    if (time < warmup) return warmupRate + time * (rate - warmupRate) / warmup;
    const { cycle, share } = placeOf(warmupFirst ? time - warmup : time, options);
    if (cycle >= cycles) return minimum;
    const decay = cycleDecay ** cycle;
    return decay * (minimum + 0.5 * (rate - minimum) * (1 + Math.cos(Math.PI * share)));
  };
}

/** The cycle of a time, and the share of it that is over. */
function placeOf(
  time: number,
  { length, lengthening = 1 }: TimmCosineOptions,
): { cycle: number; share: number } {
  if (lengthening === 1) {
    const cycle = Math.floor(time / length);
    return { cycle, share: time / length - cycle };
  }
  const cycles = Math.log(1 - time / length * (1 - lengthening)) / Math.log(lengthening);
  const cycle = Math.floor(cycles);
  const before = (1 - lengthening ** cycle) / (1 - lengthening) * length;
  return { cycle, share: (time - before) / (lengthening ** cycle * length) };
}
