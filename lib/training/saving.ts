import { dispose } from "../tree/mod.ts";
import { Diverged } from "./diverged.ts";
import type { Fact } from "./fact.ts";
import type { TrainingState } from "./state.ts";

/** Options of {@linkcode saving}. */
export type SavingOptions<S> = {
  /** Saves a state. */
  save: (state: S) => Promise<void>;
  /** Seconds between checkpoints; 0 for one after every step. */
  every?: number;
  /** Ends the run after the step at hand, which is saved. */
  signal?: AbortSignal;
};

/**
 * Passes facts on and saves their states now and then, and the last one. Where training breaks off,
 * as when images cannot be read, the state before is saved; but not where it diverged, as what led
 * there may have spoilt it: it is disposed of.
 */
export async function* saving<S extends TrainingState, T extends Fact & { state: S }>(
  facts: AsyncIterable<T>,
  { save, every = 120, signal }: SavingOptions<S>,
): AsyncGenerator<T, void, void> {
  let saved = performance.now();
  let newest: S | null = null;
  let isSaved = true;
  try {
    for await (const fact of facts) {
      newest = fact.state;
      isSaved = false;
      // A step lets no signal arrive.
      if (signal) await new Promise((resolve) => setTimeout(resolve));
      const isLast = fact.step === fact.steps || signal?.aborted;
      if (isLast || performance.now() - saved >= every * 1000) {
        isSaved = true; // a failure to save is not answered by another try
        await save(fact.state);
        saved = performance.now();
      }
      yield fact;
      if (isLast) return;
    }
  } catch (error) {
    if (error instanceof Diverged) dispose(newest ?? []);
    else if (newest && !isSaved) await save(newest);
    throw error;
  }
}
