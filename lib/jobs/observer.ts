import type { BackendOptions } from "../compile/mod.ts";
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
  /**
   * Learns that XLA compiles a function, until what it returns is disposed of; meanwhile the thread
   * is busy.
   */
  compiling?(name: string): Disposable;
  /** Learns whether the job heeds its signal from now on, as it does while it trains. */
  heed?(heeded: boolean): void;
};

/** How TensorFlow computes, which changes results at most by rounding. */
export type Computing = Pick<BackendOptions, "device" | "compiler" | "deterministic">;

/** How a job is done: who observes it, what may stop it, and how TensorFlow computes. */
export type JobOptions = Computing & {
  /** By default the cell of a notebook, which shows progress, and nobody elsewhere. */
  observer?: Observer;
  /** Ends training after the step at hand, which is saved. */
  signal?: AbortSignal;
};

/** Takes everything, and does nothing about it. */
export const silent: Observer = { tell() {} };
