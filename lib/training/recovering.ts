import { dispose } from "../tree/mod.ts";
import { Diverged } from "./diverged.ts";
import type { Fact } from "./fact.ts";
import type { State } from "./state.ts";

/** Where a run begins or goes on. */
export type Start = {
  /** Owned by the run from then on. */
  state: State;
  /** See {@linkcode PretrainOptions.passedOver}. */
  passedOver: number;
};

/** Options of {@linkcode recovering}. */
export type RecoveringOptions = {
  /** The last good checkpoint, or the state before the first step. */
  back: () => Promise<Start>;
  /** How often, at most. */
  times: number;
  /** Told of every divergence. */
  tell: (line: string) => void;
};

/**
 * Trains, and where training diverges goes back to the last good checkpoint and passes over the batches from there to the one
 * that broke it: the same ones would break it again.
 *
 * Source: Chowdhery et al. 2022, PaLM, section 5.1, which goes back and passes over some hundred batches at a spike of
 * the loss.
 *
 * @param train Trains from somewhere.
 * @throws {Diverged} If it diverged more often than that.
 */
export async function* recovering<T extends Fact & { state: State }>(
  train: (start: Start) => AsyncIterable<T>,
  first: Start,
  { back, times, tell }: RecoveringOptions,
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
      const step = last.state.step.dataSync()[0];
      const passed = error.step + 1 - step;
      start = { state: last.state, passedOver: last.passedOver + passed };
      const batches = passed === 1 ? "1 batch" : `${passed} batches`;
      tell(`${error.message}. Going back to step ${step}, and past ${batches} of the data`);
    }
  }
}
