import type { Config } from "../configs/mod.ts";
import type { Skipped } from "../datasets/mod.ts";
import {
  holdsCheckpoint,
  Metrics,
  noteSkipped,
  pathOf,
  patiently,
  type Run,
  saveCheckpoint,
} from "../runs/mod.ts";
import {
  initState,
  openState,
  restoreState,
  saveState,
  type State,
  type StoredState,
} from "../pretraining/mod.ts";
import {
  type Fact,
  recovering,
  saving as savingStates,
  type Start,
  stepsDone,
  toJsonLine,
} from "../training/mod.ts";
import type { Saving } from "./saving.ts";

/** A fact with the state that it is about. */
export type StepFact = Fact & { state: State };

/** Options of {@linkcode intoFolder}. */
export type IntoFolderOptions = {
  run: Pick<Run, "path">;
  config: Config;
  /** The checkpoint from which to continue. */
  from: StoredState | null;
  saving: Saving;
  /** Takes lines that the user should read. */
  tell: (line: string) => void;
  /** Seconds between tries to write to a full disk. */
  wait?: number;
  /** Ends training after the step at hand, which is saved. */
  signal?: AbortSignal;
};

/**
 * Trains into a run's folder: a line of metrics for every step, before the checkpoint that includes
 * it; skipped images; checkpoints now and then. Waits for a full disk, and goes back where training
 * diverges.
 */
export async function* intoFolder(
  train: (start: Start<State>) => AsyncIterable<StepFact>,
  { run, config, from, saving, tell, wait, signal }: IntoFolderOptions,
): AsyncGenerator<StepFact, void, void> {
  const patience = (what: string) => ({ what: `${what} in ${run.path}`, tell, wait, signal });
  using metrics = new Metrics(run);

  const begin = (stored: StoredState | null): Start<State> => ({
    state: stored ? restoreState(stored) : initState(config),
    passedOver: stored?.passedOver ?? 0,
  });
  const first = begin(from);
  const past = metrics.rewind(stepsDone(first.state));
  const clock = performance.now() - 1000 * Number(past.at(-1)?.seconds ?? 0);

  const note = (skipped: readonly Skipped[]) =>
    patiently(() => noteSkipped(run, skipped), patience("skipped.jsonl"));
  const measured = async function* (start: Start<State>) {
    metrics.rewind(stepsDone(start.state));
    for await (const fact of noting(train(start), note)) {
      const line = toJsonLine({ ...fact, seconds: (performance.now() - clock) / 1000 });
      await patiently(() => metrics.add(line), patience(`the metrics of step ${fact.step}`));
      yield fact;
    }
  };
  const saved = (start: Start<State>) => {
    const course = { config, passedOver: start.passedOver };
    const save = (state: State) => {
      const write = (path: string) => saveState(path, state, course);
      const step = stepsDone(state);
      return patiently(() => {
        metrics.sync();
        return saveCheckpoint(run, write, { step, keep: saving.keep });
      }, patience(`the checkpoint of step ${step}`));
    };
    return savingStates(measured(start), { save, every: saving.saveEvery, signal });
  };
  const back = async () => {
    const path = pathOf(run, "checkpoint.safetensors");
    return begin(await holdsCheckpoint(run) ? openState(path) : null);
  };
  yield* recovering(saved, first, { back, times: saving.maxRollbacks, tell });
}

/**
 * Passes on what is known of each step once `note` has its skipped images, also those for which a
 * run ends.
 */
async function* noting<Fact extends { skipped: readonly Skipped[] }>(
  facts: AsyncIterable<Fact>,
  note: (skipped: readonly Skipped[]) => Promise<void>,
): AsyncGenerator<Fact, void, void> {
  try {
    for await (const fact of facts) {
      await note(fact.skipped);
      yield fact;
    }
  } catch (error) {
    if (error instanceof Error && Array.isArray(error.cause)) await note(error.cause);
    throw error;
  }
}
