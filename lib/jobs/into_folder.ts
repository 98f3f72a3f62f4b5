import type { Config } from "../configs/mod.ts";
import type { Skipped } from "../datasets/mod.ts";
import {
  file,
  holdsCheckpoint,
  Metrics,
  patiently,
  type Run,
  saveCheckpoint,
} from "../runs/mod.ts";
import type { State, StoredState } from "../pretraining/mod.ts";
import type { Fact, Start } from "../training/mod.ts";
import type { Conduct } from "./conduct.ts";
import { noted, noteSkipped } from "./skipped.ts";

/** A fact with the state that it is about. */
export type Stepped = Fact & { state: State };

/** Options of {@linkcode intoFolder}. */
export type IntoFolderOptions = {
  run: Pick<Run, "path">;
  config: Config;
  /** The checkpoint from which to go on. */
  from: StoredState | null;
  conduct: Conduct;
  /** Told what the user should know. */
  tell: (line: string) => void;
  /** Seconds between tries to write to a full disk. */
  wait?: number;
  /** Ends training after the step at hand, which is saved. */
  signal?: AbortSignal;
};

/**
 * Trains into a run's folder: a line of metrics for every step, before the checkpoint that knows it; skipped images;
 * checkpoints now and then. Waits for a full disk, and goes back where training diverges.
 */
export async function* intoFolder(
  train: (start: Start<State>) => AsyncIterable<Stepped>,
  { run, config, from, conduct, tell, wait, signal }: IntoFolderOptions,
): AsyncGenerator<Stepped, void, void> {
  const { recovering, saving, stepsDone, toJsonLine } = await import("../training/mod.ts");
  const { initState, openState, restoreState, saveState } = await import("../pretraining/mod.ts");
  const patient = (what: string) => ({ what: `${what} in ${run.path}`, tell, wait, signal });
  using metrics = new Metrics(run);

  const begin = (stored: StoredState | null): Start<State> => ({
    state: stored ? restoreState(stored) : initState(config),
    passedOver: stored?.passedOver ?? 0,
  });
  const first = begin(from);
  const past = metrics.rewind(stepsDone(first.state));
  const clock = performance.now() - 1000 * Number(past.at(-1)?.seconds ?? 0);

  const note = (skipped: readonly Skipped[]) =>
    patiently(() => noteSkipped(run, skipped), patient("skipped.jsonl"));
  const measured = async function* (start: Start<State>) {
    metrics.rewind(stepsDone(start.state));
    for await (const fact of noted(train(start), note)) {
      const line = toJsonLine({ ...fact, seconds: (performance.now() - clock) / 1000 });
      await patiently(() => metrics.add(line), patient(`the metrics of step ${fact.step}`));
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
        return saveCheckpoint(run, write, { step, keep: conduct.keep });
      }, patient(`the checkpoint of step ${step}`));
    };
    return saving(measured(start), { save, every: conduct.saveEvery, signal });
  };
  const back = async () => {
    const path = file(run, "checkpoint.safetensors");
    return begin(await holdsCheckpoint(run) ? openState(path) : null);
  };
  yield* recovering(saved, first, { back, times: conduct.maxRollbacks, tell });
}
