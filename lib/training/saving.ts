import { dispose } from "../tree/mod.ts";
import { Diverged } from "./diverged.ts";
import type { Fact } from "./fact.ts";
import type { TrainingState } from "./state.ts";

/** Options of {@linkcode saving}. */
export type SavingOptions<S> = {
  /** Saves a state. */
  save: (state: S) => Promise<void>;
  /** Seconds between checkpoints, of which the first comes earlier; 0 for one after every step. */
  every?: number;
  /** Seconds until the first checkpoint at the latest, since a young run is worth saving, too. */
  first?: number;
  /** Ends the run after the step at hand, which is saved. */
  signal?: AbortSignal;
};

/**
 * Passes facts on and saves their states now and then, and the last one. Where training breaks off,
 * as when images cannot be read, the state before is saved, unless the step after it has used it
 * up; but not where it diverged, as what led there may have spoilt it: it is disposed of.
 */
export async function* saving<S extends TrainingState, T extends Fact & { state: S }>(
  facts: AsyncIterable<T>,
  { save, every = 120, first = 20, signal }: SavingOptions<S>,
): AsyncGenerator<T, void, void> {
  let due = performance.now() + 1000 * Math.min(first, every);
  let newest: S | null = null;
  let isSaved = true;
  try {
    for await (const fact of facts) {
      newest = fact.state;
      isSaved = false;
      // A step lets no signal arrive.
      if (signal) await new Promise((resolve) => setTimeout(resolve));
      const isLast = fact.step === fact.steps || signal?.aborted;
      if (isLast || performance.now() >= due) {
        isSaved = true; // a failure to save is not answered by another try
        await save(fact.state);
        due = performance.now() + 1000 * every;
      }
      yield fact;
      if (isLast) return;
    }
  } catch (error) {
    if (error instanceof Diverged) dispose(newest ?? []);
    else if (newest && !isSaved && !newest.step.isDisposed) await save(newest);
    throw error;
  }
}
