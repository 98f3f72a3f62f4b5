import { type Checkpoint, openCheckpoint, restoreNamed, saveTree } from "../../checkpoint/mod.ts";
import { Diverged, firstNotFinite, stepsDone } from "../../training/mod.ts";
import type { SegmentationSetup } from "./setup.ts";
import { segmentationShapes, type SegmentationState, toSegmentationState } from "./state.ts";

/** What a state needs beside its tensors so that its run can be continued. */
export type SegmentationCourse = {
  setup: SegmentationSetup;
  /** Batches of the data's order that were passed over, since training broke at them. */
  passedOver?: number;
};

/**
 * Saves a state, atomically: the network below `model.`, under mmsegmentation's names, and the
 * optimizer's tensors below `optimizer.`. The backbone can be scored by any protocol from the file.
 *
 * @throws {Diverged} If the state is not finite: the file stays as it was.
 */
export async function saveSegmentation(
  path: string,
  state: SegmentationState,
  { setup, passedOver = 0 }: SegmentationCourse,
): Promise<void> {
  const tensor = firstNotFinite(state);
  if (tensor) throw new Diverged({ step: stepsDone(state) - 1, tensor });
  await saveTree(path, state, {
    config: JSON.stringify(setup.backbone),
    segmentation: JSON.stringify(setup),
    ...passedOver > 0 && { passedOver: String(passedOver) },
  });
}

/** A checkpoint of a segmenter, whose tensors still lie in the file. */
export type StoredSegmentation = Required<SegmentationCourse> & {
  path: string;
  /** Steps done. */
  step: number;
  checkpoint: Checkpoint;
};

/**
 * Opens a checkpoint of a segmenter; {@linkcode restoreSegmentation} makes its state.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of a segmenter.
 */
export function openSegmentation(path: string): StoredSegmentation {
  const checkpoint = openCheckpoint(path);
  const { segmentation, passedOver = "0" } = checkpoint.metadata;
  if (segmentation === undefined) {
    throw new TypeError(`Cannot continue from ${path}: it is no checkpoint of a segmenter`);
  }
  const step = Number(checkpoint.tensors.step?.read()[0] ?? 0);
  return {
    ...{ path, checkpoint, step, passedOver: Number(passedOver) },
    setup: JSON.parse(segmentation),
  };
}

/**
 * The state in an opened checkpoint.
 *
 * @throws {TypeError} If its tensors are not those of its setup.
 */
export function restoreSegmentation(
  { path, checkpoint, setup }: StoredSegmentation,
): SegmentationState {
  return toSegmentationState(restoreNamed(checkpoint, segmentationShapes(setup), path));
}
