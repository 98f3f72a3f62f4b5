import type { Count } from "../protocols/mod.ts";
import type { Fact } from "../training/mod.ts";

/** To whom a job reports while it works. */
export type Observer = {
  /** Takes a line that the user should read. */
  tell(line: string): void;
  /** Takes what is known after a step of training. */
  step?(fact: Fact): void;
  /** Takes how far something that is counted has come. */
  count?(count: Count): void;
  /** Learns whether the job heeds its signal from now on, as it does while it trains. */
  heed?(heeded: boolean): void;
};

/** How a job is done: who observes it, what may stop it, and what computes. */
export type JobOptions = {
  /** By default nobody. */
  observer?: Observer;
  /** Ends training after the step at hand, which is saved. */
  signal?: AbortSignal;
  /** TensorFlow's device: `cpu`, `gpu` or `gpu:N`; by default the first GPU that works. */
  device?: string;
};

/** Takes everything, and does nothing about it. */
export const silent: Observer = { tell() {} };
