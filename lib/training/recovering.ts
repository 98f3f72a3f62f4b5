import { dispose } from "../tree/mod.ts";
import { Diverged } from "./diverged.ts";
import type { Fact } from "./fact.ts";
import { stepsDone, type TrainingState } from "./state.ts";

/** Where a run begins or goes on. */
export type Start<S extends TrainingState> = {
  /** Owned by the run from then on. */
  state: S;
  /** Batches of the data's order that are passed over, those before the state's step among them. */
  passedOver: number;
};

/** Options of {@linkcode recovering}. */
export type RecoveringOptions<S extends TrainingState> = {
  /** The last good checkpoint, or the state before the first step. */
  back: () => Promise<Start<S>>;
  /** How often to go back at most. */
  times: number;
  /** Takes a line on every divergence. */
  tell: (line: string) => void;
};

/**
 * Trains, and where training diverges goes back to the last good checkpoint and passes over the
 * batches from there to the one that broke it: the same ones would break it again.
 *
 * Source: Chowdhery et al. 2022, PaLM, section 5.1, which goes back and passes over some hundred
 * batches at a spike of the loss.
 *
 * @param train Trains from somewhere.
 * @throws {Diverged} If it diverged more often than that.
 */
export async function* recovering<S extends TrainingState, T extends Fact & { state: S }>(
  train: (start: Start<S>) => AsyncIterable<T>,
  first: Start<S>,
  { back, times, tell }: RecoveringOptions<S>,
): AsyncGenerator<T, void, void> {
  let start = first;
  for (let left = times;; left--) {
    let state = start.state;
    try {
      for await (const fact of train(start)) {
        state = fact.state;
        yield fact;
      }
      return;
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
      dispose(state);
      if (left === 0) {
        error.message +=
          `. It was tried ${times + 1} times: lower the learning rate, lengthen the ` +
          `warm-up, or compute in float32`;
        throw error;
      }
      const last = await back();
      const step = stepsDone(last.state);
      const passed = error.step + 1 - step;
      start = { state: last.state, passedOver: last.passedOver + passed };
      const batches = passed === 1 ? "1 batch" : `${passed} batches`;
      tell(`${error.message}. Going back to step ${step}, and past ${batches} of the data`);
    }
  }
}
