import {
  type Checkpoint,
  openCheckpoint,
  restoreCheckpoint,
  saveCheckpoint,
} from "../checkpoint/mod.ts";
import { Random } from "../random/mod.ts";
import { dispose, type Tree } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { Diverged, firstNotFinite } from "./diverged.ts";
import { initState, type State } from "./state.ts";

/** What a state needs beside its tensors to be gone on from. */
export type Course = {
  config: PretrainConfig;
  /** Batches of the data's order that were passed over, since training broke at them. */
  passedOver?: number;
};

/**
 * Saves a state, atomically, under the reference's names: `student.`, `teacher.`, `student_mem.block.`, `teacher_mem.block.`,
 * `instance.`, `local_group.`, `group.center`, and `optimizer.`. The place in the order of the data and all randomness
 * follow from the configuration's seed, the step and the number of batches passed over, so a run can go on from the file
 * alone.
 *
 * @throws {Diverged} If the state is not finite: the file stays as it was.
 */
export async function saveState(
  path: string,
  state: State,
  { config, passedOver = 0 }: Course,
): Promise<void> {
  const tensor = firstNotFinite(state);
  if (tensor) throw new Diverged({ step: state.step.dataSync()[0] - 1, tensor });
  await saveCheckpoint(path, toFile(state), {
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
  const config: PretrainConfig = JSON.parse(checkpoint.metadata.config ?? "null");
  if (!config) throw new TypeError(`Cannot go on from ${path}: it holds no configuration`);
  const passedOver = Number(checkpoint.metadata.passedOver ?? 0);
  const step = Number(checkpoint.tensors.step?.read()[0] ?? 0);
  return { path, checkpoint, config, passedOver, step };
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
  config: PretrainConfig,
  name: string,
): State {
  const fresh = initState(config, new Blank(0)); // for its shapes alone
  try {
    return fromFile(restoreCheckpoint({ metadata: {}, tensors }, toFile(fresh), name));
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

type FileTree = ReturnType<typeof toFile>;

function toFile({ memories, queues, center, ...rest }: State) {
  return {
    ...rest,
    student_mem: { block: memories.student },
    teacher_mem: { block: memories.teacher },
    instance: queues.instance,
    local_group: queues.localGroup,
    group: { center },
  } satisfies Tree;
}

function fromFile(tree: FileTree): State {
  const { student_mem, teacher_mem, instance, local_group, group, ...rest } = tree;
  return {
    ...rest,
    memories: { student: student_mem.block, teacher: teacher_mem.block },
    queues: { instance, localGroup: local_group },
    center: group.center,
  };
}
