import type { Config } from "../configs/mod.ts";
import {
  initState,
  openState,
  restoreState,
  saveState,
  type State,
  type StoredState,
} from "../pretraining/mod.ts";
import type { Fact, Start } from "../training/mod.ts";
import { trainAlong } from "./train_along.ts";
import { trainIntoFolder, type TrainIntoFolderOptions } from "./train_into_folder.ts";

/** A fact with the state that it is about. */
export type StepFact = Fact & { state: State };

/** Options of {@linkcode intoFolder}. */
export type IntoFolderOptions = Omit<TrainIntoFolderOptions<State>, "files" | "first"> & {
  config: Config;
  /** Images of the data set. */
  images: number;
  /** The checkpoint from which to continue. */
  from: StoredState | null;
  /** Whether this process keeps the run's files; others train along. */
  writes?: boolean;
};

/** Pre-trains into a run's folder, as {@linkcode trainIntoFolder} does. */
export function intoFolder(
  train: (start: Start<State>) => AsyncIterable<StepFact>,
  { config, images, from, writes = true, ...options }: IntoFolderOptions,
): AsyncGenerator<StepFact, void, void> {
  const restored = (stored: StoredState): Start<State> => ({
    state: restoreState(stored),
    passedOver: stored.passedOver,
  });
  const trainAll = writes ? trainIntoFolder : trainAlong;
  return trainAll(train, {
    ...options,
    ...from && { first: restored(from) },
    files: {
      begin: () => ({ state: initState(config, images), passedOver: 0 }),
      restore: (path) => restored(openState(path)),
      save: (path, state, { passedOver }) => saveState(path, state, { config, passedOver }),
    },
  });
}
