import type { Schedule } from "./schedule.ts";
import { timmCosine } from "./timm_cosine.ts";

/** Options of {@linkcode epochCosine}. */
export type EpochCosineOptions = {
  /** Learning rate after the warm-up, and at the end. */
  rate: number;
  minimum: number;
  epochs: number;
  warmup: number;
  /** Learning rate of the first epoch. */
  warmupRate: number;
};

/**
 * The learning rate of every epoch of the original's transfer and semi-supervised training: timm's
 * cosine schedule, whose first value serves two epochs, since it is asked for the next rate after
 * an epoch, by the number of that epoch.
 *
 * Source: timm, scheduler/cosine_lr.py.
 */
export function epochCosine({ epochs, ...options }: EpochCosineOptions): Schedule {
  const schedule = timmCosine({ ...options, length: epochs });
  return (epoch) => schedule(Math.max(0, epoch - 1));
}
