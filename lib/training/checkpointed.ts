import { dispose } from "../tree/mod.ts";
import { Diverged } from "./diverged.ts";
import type { Fact } from "./fact.ts";
import type { State } from "./state.ts";

/** Options of {@linkcode checkpointed}. */
export type CheckpointedOptions = {
  /** Saves a state. */
  save: (state: State) => Promise<void>;
  /** Seconds between checkpoints; 0 for one after every step. */
  every?: number;
  /** Ends the run after the step at hand, which is saved. */
  signal?: AbortSignal;
};

/**
 * Passes facts on and saves their states now and then, and the last one. Where training breaks off, as when images cannot be
 * read, the state before is saved; but not where it diverged, as what led there may have spoilt it: it is disposed of.
 */
export async function* checkpointed<T extends Fact & { state: State }>(
  facts: AsyncIterable<T>,
  { save, every = 120, signal }: CheckpointedOptions,
): AsyncGenerator<T, void, void> {
  let saved = performance.now();
  let newest: State | null = null;
  let unsaved = false;
  try {
    for await (const fact of facts) {
      newest = fact.state;
      unsaved = true;
      if (signal) await new Promise((heard) => setTimeout(heard)); // a step lets nobody be heard
      const last = fact.step === fact.steps || signal?.aborted;
      if (last || performance.now() - saved >= every * 1000) {
        unsaved = false; // a failure to save is not answered by another try
        await save(fact.state);
        saved = performance.now();
      }
      yield fact;
      if (last) return;
    }
  } catch (error) {
    if (error instanceof Diverged) dispose(newest ?? []);
    else if (unsaved) await save(newest!);
    throw error;
  }
}
