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
import type { Fact, Start, State, StoredState } from "../training/mod.ts";
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
  train: (start: Start) => AsyncIterable<Stepped>,
  { run, config, from, conduct, tell, wait, signal }: IntoFolderOptions,
): AsyncGenerator<Stepped, void, void> {
  const { checkpointed, openState, recovering, restoreState, saveState, initState, toJsonLine } =
    await import("../training/mod.ts");
  const patient = (what: string) => ({ what: `${what} in ${run.path}`, tell, wait, signal });
  using metrics = new Metrics(run);

  const begin = (stored: StoredState | null): Start => ({
    state: stored ? restoreState(stored) : initState(config),
    passedOver: stored?.passedOver ?? 0,
  });
  const first = begin(from);
  const past = metrics.rewind(first.state.step.dataSync()[0]);
  const clock = performance.now() - 1000 * Number(past.at(-1)?.seconds ?? 0);

  const note = (skipped: readonly Skipped[]) =>
    patiently(() => noteSkipped(run, skipped), patient("skipped.jsonl"));
  const measured = async function* (start: Start) {
    metrics.rewind(start.state.step.dataSync()[0]);
    for await (const fact of noted(train(start), note)) {
      const line = toJsonLine({ ...fact, seconds: (performance.now() - clock) / 1000 });
      await patiently(() => metrics.add(line), patient(`the metrics of step ${fact.step}`));
      yield fact;
    }
  };
  const saved = (start: Start) => {
    const course = { config, passedOver: start.passedOver };
    const save = (state: State) => {
      const write = (path: string) => saveState(path, state, course);
      const step = state.step.dataSync()[0];
      return patiently(() => {
        metrics.sync();
        return saveCheckpoint(run, write, { step, keep: conduct.keep });
      }, patient(`the checkpoint of step ${step}`));
    };
    return checkpointed(measured(start), { save, every: conduct.saveEvery, signal });
  };
  const back = async () => {
    const path = file(run, "checkpoint.safetensors");
    return begin(await holdsCheckpoint(run) ? openState(path) : null);
  };
  yield* recovering(saved, first, { back, times: conduct.maxRollbacks, tell });
}
