import type { Skipped } from "../datasets/mod.ts";
import {
  Events,
  holdsCheckpoint,
  Metrics,
  noteSkipped,
  pathOf,
  patiently,
  type Run,
  saveCheckpoint,
} from "../runs/mod.ts";
import {
  type Fact,
  recovering,
  saving as savingStates,
  scalarsOf,
  type Start,
  stepsDone,
  toJsonLine,
  type TrainingState,
} from "../training/mod.ts";
import type { Saving } from "./saving.ts";

/** How states of a kind begin, and how they are kept in files. */
export type StateFiles<S extends TrainingState> = {
  /** The state before the first step. */
  begin(): Start<S>;
  /** The state in a checkpoint. */
  restore(path: string): Start<S>;
  /** Saves a state that began somewhere. */
  save(path: string, state: S, start: Start<S>): Promise<void>;
};

/** Options of {@linkcode trainIntoFolder}. */
export type TrainIntoFolderOptions<S extends TrainingState> = {
  run: Pick<Run, "path">;
  files: StateFiles<S>;
  /** Where to continue; by default at the beginning. */
  first?: Start<S>;
  saving: Saving;
  /** Takes lines that the user should read. */
  tell: (line: string) => void;
  /** Seconds between tries to write to a full disk. */
  wait?: number;
  /** Ends training after the step at hand, which is saved. */
  signal?: AbortSignal;
};

/**
 * Trains any state into a run's folder: a line of metrics for every step, before the checkpoint
 * that includes it, and the same for TensorBoard; skipped images; checkpoints now and then. Waits for a full disk, and goes back
 * where training diverges.
 */
export async function* trainIntoFolder<
  S extends TrainingState,
  T extends Fact & { state: S },
>(
  train: (start: Start<S>) => AsyncIterable<T>,
  { run, files, first = files.begin(), saving, tell, wait, signal }: TrainIntoFolderOptions<S>,
): AsyncGenerator<T, void, void> {
  const patience = (what: string) => ({ what: `${what} in ${run.path}`, tell, wait, signal });
  using metrics = new Metrics(run);
  using events = new Events(run);
  const past = metrics.rewind(stepsDone(first.state));
  const clock = performance.now() - 1000 * Number(past.at(-1)?.seconds ?? 0);

  const note = (skipped: readonly Skipped[]) =>
    patiently(() => noteSkipped(run, skipped), patience("skipped.jsonl"));
  const measured = async function* (start: Start<S>) {
    metrics.rewind(stepsDone(start.state));
    events.rewind(stepsDone(start.state));
    for await (const fact of noting(train(start), note)) {
      const { step } = fact;
      const line = toJsonLine({ ...fact, seconds: (performance.now() - clock) / 1000 });
      await patiently(() => metrics.add(line), patience(`the metrics of step ${step}`));
      const scalars = scalarsOf(fact);
      await patiently(() => events.add(step, scalars), patience(`the events of step ${step}`));
      yield fact;
    }
  };
  const saved = (start: Start<S>) => {
    const save = (state: S) => {
      const write = (path: string) => files.save(path, state, start);
      const step = stepsDone(state);
      return patiently(() => {
        metrics.sync();
        events.sync();
        return saveCheckpoint(run, write, { step, keep: saving.keep });
      }, patience(`the checkpoint of step ${step}`));
    };
    return savingStates(measured(start), { save, every: saving.saveEvery, signal });
  };
  const back = async () =>
    await holdsCheckpoint(run)
      ? files.restore(pathOf(run, "checkpoint.safetensors"))
      : files.begin();
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
