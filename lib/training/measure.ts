import { dispose, type Tree } from "../tree/mod.ts";
import { numberOf } from "./fact.ts";
import type { Training } from "./loop.ts";
import { replace, type TrainingState } from "./state.ts";

/** Options of {@linkcode stepsIn}. */
export type StepsInOptions = {
  /** Steps before those that are measured: they compile and fill caches. */
  warm?: number;
  /**
   * Tells the time in milliseconds, to all of several processes the same; by default this one's.
   */
  clock?: () => number;
};

/**
 * How many steps fit into the rest of some minutes, which began at `start` of the clock: a few
 * steps are measured with their data, fewer where that would take more than a tenth of the time.
 * Nothing is kept of what they learn.
 *
 * @param trial The training, with as many batches as may be measured.
 */
export async function stepsIn<S extends TrainingState, N extends Tree>(
  { minutes, start }: { minutes: number; start: number },
  trial: Pick<Training<S, N>, "state" | "batches" | "step" | "now">,
  { warm = 3, clock = () => performance.now() }: StepsInOptions = {},
): Promise<number> {
  const since = clock();
  const tenth = minutes * 60_000 / 10;
  let { state } = trial;
  let begin = 0, warmed = 0, steps = 0;
  for await (using loaded of trial.batches) {
    const now = trial.now(0, 0);
    const [next, facts] = trial.step(state, loaded.batch, now);
    numberOf(facts.losses.total); // waits for the step
    replace(state, next);
    state = next;
    dispose(facts, now);
    const end = clock();
    if (begin) steps++;
    else if (++warmed === warm || end - since > tenth / 2) begin = end;
    if (steps > 0 && end - since > tenth) break;
  }
  const end = clock();
  dispose(state);
  const seconds = (end - begin) / 1000 / steps;
  const left = minutes * 60 - (end - start) / 1000;
  return Math.max(1, Math.floor(left / seconds));
}
