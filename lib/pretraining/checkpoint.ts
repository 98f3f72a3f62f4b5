import { type Checkpoint, openCheckpoint, restoreNamed, saveTree } from "../checkpoint/mod.ts";
import { type Config, restoreConfig } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { Diverged, firstNotFinite, stepsDone } from "../training/mod.ts";
import { flatten } from "../tree/mod.ts";
import { type State, stateShapes, toState } from "./state.ts";

/** What a state needs beside its tensors so that its run can be continued. */
export type Course = {
  config: Config;
  /** Batches of the data's order that were passed over, since training broke at them. */
  passedOver?: number;
};

/**
 * Saves a state, atomically, under the names of the official checkpoints: `student.`, `teacher.`,
 * those of the buffers, and `optimizer.`. The place in the order of the data and all randomness
 * follow from the configuration's seed, the step and the number of batches passed over, so a run
 * can continue from the file alone.
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
  const prefixes = prefixesOf(config);
  const named = renameKeys(flatten(state), (path) => nameOf(path, prefixes));
  await saveTree(path, named, {
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
  const prefixes = prefixesOf(config);
  const shapes = Object.entries(tensors)
    .map(([name, { shape }]) => [pathOf(name, prefixes), shape] as const);
  const images = methodOf(config).imagesOf?.(Object.fromEntries(shapes));
  const expected = renameKeys(stateShapes(config, images), (path) => nameOf(path, prefixes));
  const stored = restoreNamed({ metadata: {}, tensors }, expected, name);
  return toState(renameKeys(stored, (name) => pathOf(name, prefixes)));
}

/** A part of a state that has another name in a file. */
type Prefix = { path: string; name: string };

function prefixesOf(config: Config): Prefix[] {
  const { names } = methodOf(config);
  return [
    { path: "learner.student", name: "student" },
    { path: "learner.teacher", name: "teacher" },
    ...names.map(([path, name]) => ({ path: `buffers.${path}`, name })),
  ];
}

/** What a tensor of a state is called in a file. */
function nameOf(path: string, prefixes: readonly Prefix[]): string {
  const prefix = prefixes.find((prefix) => isBelow(path, prefix.path));
  return prefix ? prefix.name + path.slice(prefix.path.length) : path;
}

/** Where a tensor of a file belongs in a state. */
function pathOf(name: string, prefixes: readonly Prefix[]): string {
  const prefix = prefixes.find((prefix) => isBelow(name, prefix.name));
  return prefix ? prefix.path + name.slice(prefix.name.length) : name;
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}.`);
}

function renameKeys<T>(record: Record<string, T>, rename: (key: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value]));
}
