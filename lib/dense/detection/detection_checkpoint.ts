import { type Checkpoint, openCheckpoint, restoreNamed, saveTree } from "../../checkpoint/mod.ts";
import { Diverged, firstNotFinite, stepsDone } from "../../training/mod.ts";
import { detectionShapes, type DetectionState, toDetectionState } from "./detection_state.ts";
import type { DetectionSetup } from "./setup.ts";

/** What a state needs beside its tensors so that its run can be continued. */
export type DetectionCourse = {
  setup: DetectionSetup;
  /** Batches of the data's order that were passed over, since training broke at them. */
  passedOver?: number;
};

/**
 * Saves a state, atomically: the network below `model.`, under mmdetection's names, and the
 * optimizer's tensors below `optimizer.`.
 *
 * @throws {Diverged} If the state is not finite: the file stays as it was.
 */
export async function saveDetection(
  path: string,
  state: DetectionState,
  { setup, passedOver = 0 }: DetectionCourse,
): Promise<void> {
  const tensor = firstNotFinite(state);
  if (tensor) throw new Diverged({ step: stepsDone(state) - 1, tensor });
  await saveTree(path, state, {
    detection: JSON.stringify(setup),
    ...passedOver > 0 && { passedOver: String(passedOver) },
  });
}

/** A checkpoint of a detector, whose tensors still lie in the file. */
export type StoredDetection = Required<DetectionCourse> & {
  path: string;
  /** Steps done. */
  step: number;
  checkpoint: Checkpoint;
};

/**
 * Opens a checkpoint of a detector; {@linkcode restoreDetection} makes its state.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of a detector.
 */
export function openDetection(path: string): StoredDetection {
  const checkpoint = openCheckpoint(path);
  const { detection, passedOver = "0" } = checkpoint.metadata;
  if (detection === undefined) {
    throw new TypeError(`Cannot continue from ${path}: it is no checkpoint of a detector`);
  }
  const step = Number(checkpoint.tensors.step?.read()[0] ?? 0);
  return {
    ...{ path, checkpoint, step, passedOver: Number(passedOver) },
    setup: JSON.parse(detection),
  };
}

/**
 * The state in an opened checkpoint.
 *
 * @throws {TypeError} If its tensors are not those of its setup.
 */
export function restoreDetection({ path, checkpoint, setup }: StoredDetection): DetectionState {
  return toDetectionState(restoreNamed(checkpoint, detectionShapes(setup), path));
}
