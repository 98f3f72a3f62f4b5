import { type Checkpoint, openCheckpoint, restoreTree, saveTree } from "../checkpoint/mod.ts";
import { type Config, restoreConfig } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { Random } from "../random/mod.ts";
import { Diverged, firstNotFinite, stepsDone } from "../training/mod.ts";
import { dispose, flatten, type Named, unflatten } from "../tree/mod.ts";
import { initState, type State } from "./state.ts";

/** What a state needs beside its tensors so that its run can go on. */
export type Course = {
  config: Config;
  /** Batches of the data's order that were passed over, since training broke at them. */
  passedOver?: number;
};

/**
 * Saves a state, atomically, under the names of the official checkpoints: `student.`, `teacher.`,
 * those of the buffers, and `optimizer.`. The place in the order of the data and all randomness
 * follow from the configuration's seed, the step and the number of batches passed over, so a run
 * can go on from the file alone.
 *
 * @throws {Diverged} If the state is not finite: the file stays as it was.
 */
export async function saveState(
  path: string,
  state: State,
  { config, passedOver = 0 }: Course,
): Promise<void> {
  const tensor = firstNotFinite(state);
  if (tensor) throw new Diverged({ step: stepsDone(state) - 1, tensor });
  await saveTree(path, namedForFile(state, config), {
    config: JSON.stringify(config),
    ...passedOver > 0 && { passedOver: String(passedOver) },
  });
}

/** A checkpoint of a training run, whose tensors still lie in the file. */
export type StoredState = Required<Course> & {
  path: string;
  /** Steps done. */
  step: number;
  checkpoint: Checkpoint;
};

/**
 * Opens a checkpoint of a training run; {@linkcode restoreState} makes its state.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of a training run.
 */
export function openState(path: string): StoredState {
  const checkpoint = openCheckpoint(path);
  const stored = JSON.parse(checkpoint.metadata.config ?? "null");
  if (!stored) throw new TypeError(`Cannot continue from ${path}: it holds no configuration`);
  const passedOver = Number(checkpoint.metadata.passedOver ?? 0);
  const step = Number(checkpoint.tensors.step?.read()[0] ?? 0);
  return { path, checkpoint, config: restoreConfig(stored), passedOver, step };
}

/**
 * The state in an opened checkpoint.
 *
 * @throws {TypeError} If its tensors are not those of its configuration.
 */
export function restoreState({ path, checkpoint, config }: StoredState): State {
  return restoreTensors(checkpoint.tensors, config, path);
}

/**
 * The state whose tensors are given under the names of {@linkcode saveState}.
 *
 * @param name What to call the checkpoint in errors.
 * @throws {TypeError} If they are not those of the configuration.
 */
export function restoreTensors(
  tensors: Checkpoint["tensors"],
  config: Config,
  name: string,
): State {
  const fresh = initState(config, new Blank(0)); // for its shapes alone
  try {
    const stored = restoreTree({ metadata: {}, tensors }, namedForFile(fresh, config), name);
    return stateOfFile(stored, config);
  } finally {
    dispose(fresh);
  }
}

/** Draws nothing but zeros, which takes no time. */
class Blank extends Random {
  override uniform(): number {
    return 0;
  }
  override normal(): number {
    return 0;
  }
  override normals(count: number): Float32Array<ArrayBuffer> {
    return new Float32Array(count);
  }
  override fork(): Random {
    return this;
  }
}

/** The tensors of a state by their names in a file. */
function namedForFile(state: State, config: Config): Named {
  const prefixes = prefixesOf(config);
  return renamed(flatten(state), (path) => {
    const prefix = prefixes.find(({ ours }) => isBelow(path, ours));
    return prefix ? prefix.file + path.slice(prefix.ours.length) : path;
  });
}

/** The state whose tensors have these names in a file. */
function stateOfFile(named: Named, config: Config): State {
  const prefixes = prefixesOf(config);
  const paths = renamed(named, (path) => {
    const prefix = prefixes.find(({ file }) => isBelow(path, file));
    return prefix ? prefix.ours + path.slice(prefix.file.length) : path;
  });
  return { buffers: {}, ...unflatten<Omit<State, "buffers">>(paths) };
}

/** Pairs of a path in a state and a path in a file. */
function prefixesOf(config: Config): { ours: string; file: string }[] {
  return [
    { ours: "learner.student", file: "student" },
    { ours: "learner.teacher", file: "teacher" },
    ...methodOf(config).names.map(([ours, file]) => ({ ours: `buffers.${ours}`, file })),
  ];
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}.`);
}

function renamed(named: Named, rename: (path: string) => string): Named {
  return Object.fromEntries(Object.entries(named).map(([path, tensor]) => [rename(path), tensor]));
}
