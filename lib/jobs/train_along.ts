import { holdsCheckpoint, pathOf } from "../runs/mod.ts";
import {
  type Fact,
  recovering,
  saving as savingStates,
  type Start,
  type TrainingState,
} from "../training/mod.ts";
import type { TrainIntoFolderOptions } from "./train_into_folder.ts";

/**
 * Trains any state beside a process that trains it into a run's folder: nothing is written, and
 * where training diverges this one goes back to the same checkpoint.
 */
export async function* trainAlong<S extends TrainingState, T extends Fact & { state: S }>(
  train: (start: Start<S>) => AsyncIterable<T>,
  { run, files, first = files.begin(), saving, tell, signal }: TrainIntoFolderOptions<S>,
): AsyncGenerator<T, void, void> {
  const stopped = (start: Start<S>) =>
    savingStates(train(start), { save: () => Promise.resolve(), every: Infinity, signal });
  const back = async () =>
    await holdsCheckpoint(run)
      ? files.restore(pathOf(run, "checkpoint.safetensors"))
      : files.begin();
  yield* recovering(stopped, first, { back, times: saving.maxRollbacks, tell });
}
