import { batches, type Sample } from "../datasets/mod.ts";
import { dispose } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { now } from "./now.ts";
import type { Moment } from "./schedules.ts";
import { initState, replace } from "./state.ts";
import type { CompiledStep } from "./step.ts";

/** A moment in which nothing would be learned. */
const still: Moment = {
  rate: 0,
  weightDecay: 0,
  momentum: 1,
  teacherTemperature: 0.04,
  frozen: 1,
  clip: 1,
};

/** Options of {@linkcode stepsIn}. */
export type MeasureOptions = {
  step: CompiledStep;
  /** Threads that make the views. */
  workers?: number;
  /** The greatest share of images that may be unreadable. */
  maxBad?: number;
  /** Steps that are measured, after those that compile and fill caches. */
  measured?: number;
};

/**
 * How many steps fit into the rest of some minutes: the clock began at `start` (`performance.now()`), and a few steps are
 * measured with their data: fewer, where that would take more than a tenth of the time. Nothing is learned from them.
 */
export async function stepsIn(
  { minutes, start }: { minutes: number; start: number },
  [samples, config]: [Sample[], PretrainConfig],
  { step, workers, maxBad, measured = 12 }: MeasureOptions,
): Promise<number> {
  let state = initState(config);
  const { batchSize, seed } = config;
  const warm = 3;
  const since = performance.now();
  const tenth = minutes * 60_000 / 10;
  let begin = 0, warmed = 0, steps = 0;
  const made = batches(samples, { batchSize, seed: `${seed}/measure`, crops: config }, {
    to: warm + measured,
    ...workers !== undefined && { workers },
    ...maxBad !== undefined && { maxBad },
  });
  for await (using batch of made) {
    const { teacher, student, local, weak } = batch;
    const current = now(still, 0, config);
    const [next, facts] = step(state, { teacher, student, local, weak }, current);
    facts.total.dataSync(); // waits for the step
    replace(state, next);
    state = next;
    dispose(facts, current);
    const end = performance.now();
    if (begin) steps++;
    else if (++warmed === warm || end - since > tenth / 2) begin = end;
    if (steps > 0 && end - since > tenth) break;
  }
  const end = performance.now();
  dispose(state);
  const seconds = (end - begin) / 1000 / steps;
  const left = minutes * 60 - (end - start) / 1000;
  return Math.max(1, Math.floor(left / seconds));
}
