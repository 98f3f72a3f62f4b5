import * as tf from "@tensorflow/tfjs";
import type { CropsConfig } from "../transforms/mod.ts";
import type { Arrays } from "./assemble.ts";
import type { Place } from "./order.ts";
import type { Skipped } from "./skipped.ts";

/** The views of a batch of images, normalized, view by view: view 0 of all images, then view 1, and so on. */
export type Batch = Disposable & Place & {
  /** `[2 * batch, globalSize, globalSize, 3]`. */
  teacher: tf.Tensor4D;
  /** The same shape as the teacher's. */
  student: tf.Tensor4D;
  /** `[localCrops * batch, localSize, localSize, 3]`. */
  local: tf.Tensor4D;
  /** `[batch]`: 1 where the student's large views were weakly augmented, else 0. */
  weak: tf.Tensor1D;
  /** Seconds for which the batch was waited for. */
  waited: number;
  /** Images first found unreadable since the batch before; others stood in for them. */
  skipped: Skipped[];
};

/** Arrays become tensors. */
export function toBatch(
  arrays: Arrays,
  crops: CropsConfig,
  facts: Place & { waited: number; skipped: Skipped[] },
): Batch {
  const { weak } = arrays;
  const views = (data: Float32Array, count: number, size: number): tf.Tensor4D =>
    tf.tensor4d(data, [count * weak.length, size, size, 3]);
  const teacher = views(arrays.teacher, 2, crops.globalSize);
  const tensors = {
    teacher,
    student: arrays.student ? views(arrays.student, 2, crops.globalSize) : teacher.clone(),
    local: views(arrays.local, crops.localCrops, crops.localSize),
    weak: tf.tensor1d(weak),
  };
  return { ...tensors, ...facts, [Symbol.dispose]: () => tf.dispose(tensors) };
}
