import { saveState } from "./checkpoint.ts";
import type { PretrainConfig } from "./config.ts";
import type { Fact } from "./fact.ts";
import type { State } from "./state.ts";

/** Options of {@linkcode checkpointed}. */
export type CheckpointedOptions = {
  path: string;
  config: PretrainConfig;
  /** Seconds between checkpoints. */
  every?: number;
};

/**
 * Passes facts on and saves their states now and then, and the last one. Where training breaks off, the last good state
 * is saved: the one before the step that failed.
 */
export async function* checkpointed<T extends Fact & { state: State }>(
  facts: AsyncIterable<T>,
  { path, config, every = 120 }: CheckpointedOptions,
): AsyncGenerator<T, void, void> {
  let saved = performance.now();
  let unsaved: State | null = null;
  try {
    for await (const fact of facts) {
      unsaved = fact.state;
      if (fact.step === fact.steps || performance.now() - saved >= every * 1000) {
        await saveState(path, fact.state, config);
        saved = performance.now();
        unsaved = null;
      }
      yield fact;
    }
  } catch (error) {
    if (unsaved) await saveState(path, unsaved, config);
    throw error;
  }
}
