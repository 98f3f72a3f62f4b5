import { type Checkpoint, openCheckpoint, restoreNamed, saveTree } from "../../checkpoint/mod.ts";
import { Diverged, firstNotFinite, stepsDone } from "../../training/mod.ts";
import type { ClassifierSetup } from "./setup.ts";
import { classifierShapes, type ClassifierState, toClassifierState } from "./state.ts";

/** What a state needs beside its tensors so that its run can be continued. */
export type ClassifierCourse = {
  setup: ClassifierSetup;
  /** Batches of the data's order that were passed over, since training broke at them. */
  passedOver?: number;
};

/**
 * Saves a state, atomically: the network below `model.`, its moving average below `average.`, the
 * optimizer's tensors below `optimizer.`. The backbone can be scored by any protocol from the file.
 *
 * @throws {Diverged} If the state is not finite: the file stays as it was.
 */
export async function saveClassifier(
  path: string,
  state: ClassifierState,
  { setup, passedOver = 0 }: ClassifierCourse,
): Promise<void> {
  const tensor = firstNotFinite(state);
  if (tensor) throw new Diverged({ step: stepsDone(state) - 1, tensor });
  const { evalCrop, exif, imageSize } = setup.config;
  await saveTree(path, state, {
    config: JSON.stringify({ ...setup.backbone, imageSize, evalCrop, exif }),
    classifier: JSON.stringify(setup),
    ...passedOver > 0 && { passedOver: String(passedOver) },
  });
}

/** A checkpoint of a classifier, whose tensors still lie in the file. */
export type StoredClassifier = Required<ClassifierCourse> & {
  path: string;
  /** Steps done. */
  step: number;
  checkpoint: Checkpoint;
};

/**
 * Opens a checkpoint of a classifier; {@linkcode restoreClassifier} makes its state.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of a classifier.
 */
export function openClassifier(path: string): StoredClassifier {
  const checkpoint = openCheckpoint(path);
  const { classifier, passedOver = "0" } = checkpoint.metadata;
  if (classifier === undefined) {
    throw new TypeError(`Cannot continue from ${path}: it is no checkpoint of a classifier`);
  }
  const step = Number(checkpoint.tensors.step?.read()[0] ?? 0);
  return { path, checkpoint, setup: JSON.parse(classifier), passedOver: Number(passedOver), step };
}

/**
 * The state in an opened checkpoint.
 *
 * @throws {TypeError} If its tensors are not those of its setup.
 */
export function restoreClassifier({ path, checkpoint, setup }: StoredClassifier): ClassifierState {
  return toClassifierState(restoreNamed(checkpoint, classifierShapes(setup), path));
}
