import { Interrupted } from "../runs/mod.ts";
import { type Fact, type Start, stepsDone, type TrainingState } from "../training/mod.ts";
import { dispose } from "../tree/mod.ts";
import type { Observer } from "./observer.ts";
import { heeding, reporter } from "./reporting.ts";
import { trainIntoFolder, type TrainIntoFolderOptions } from "./train_into_folder.ts";

/** Options of {@linkcode trainToEnd}. */
export type TrainToEndOptions<S extends TrainingState> =
  & Omit<TrainIntoFolderOptions<S>, "tell" | "wait" | "first">
  & { first: Start<S>; observer: Observer; steps: number };

/**
 * Trains into a run's folder up to its last step, tells every step, and lets go of the state.
 *
 * @throws {Interrupted} If it was stopped before.
 */
export async function trainToEnd<S extends TrainingState>(
  train: (start: Start<S>) => AsyncIterable<Fact & { state: S }>,
  { observer, steps, ...options }: TrainToEndOptions<S>,
): Promise<void> {
  const report = reporter(observer), tell = (line: string) => observer.tell(line);
  let { state } = options.first;
  {
    using _ = heeding(observer);
    for await (const fact of trainIntoFolder(train, { ...options, tell })) {
      report(fact);
      state = fact.state;
    }
  }
  const done = stepsDone(state);
  dispose(state);
  if (options.signal?.aborted && done < steps) {
    throw new Interrupted(`Stopped after step ${done} of ${steps}, which is saved`);
  }
}
