import * as tf from "@tensorflow/tfjs";
import type { ViewPlan } from "../transforms/mod.ts";
import type { Arrays } from "./assemble.ts";
import { type ChangeViews, networkInput } from "./network_input.ts";
import type { Place } from "./order.ts";
import type { Skipped } from "./skipped.ts";

/**
 * A group of views of a batch of images, normalized: view 0 of all images, then view 1 of all
 * images, and so on.
 */
export type BatchViews = {
  /** `[views * batch, size, size, 3]`. */
  images: tf.Tensor4D;
  /**
   * `[batch]`: 1 where the views were weakly augmented, else 0; absent unless one draw decided for
   * all of them.
   */
  weak?: tf.Tensor1D;
  /** `[views * batch, patches]`: 1 where a patch is masked, else 0; absent where none are. */
  patchMasks?: tf.Tensor2D;
  /** `[batch]`: the class of each image, int32; absent unless a method learns from it. */
  labels?: tf.Tensor1D;
  /** `[batch]`: which sample each image is, int32; absent unless the plan asks for it. */
  rows?: tf.Tensor1D;
};

/** The views of a batch of images, by the names of the groups of their plan. */
export type Batch = Record<string, BatchViews>;

/** A batch from the loader. */
export type LoadedBatch = Disposable & Place & {
  batch: Batch;
  /** Which sample each image is, `[batch]`: its index among them. */
  rows: Int32Array;
  /** Seconds of waiting for it. */
  waited: number;
  /** Images found unreadable since the previous batch; others took their places. */
  skipped: Skipped[];
};

/**
 * Arrays become tensors.
 *
 * @param options `rows`: which sample each image is; where they are left out, the batch does not
 * say it; `change`: what changes views on the device.
 */
export function toBatch(
  arrays: Arrays,
  plan: ViewPlan,
  { rows, change }: { rows?: Int32Array; change?: ChangeViews } = {},
): Batch {
  const batch: Batch = {};
  for (const group of plan) {
    if ("same" in group) {
      batch[group.name] = { images: batch[group.same]!.images.clone() };
      continue;
    }
    const { weak, patchMasks, ...pixels } = arrays[group.name]!;
    const { size } = group;
    const count = pixels.bytes.length / (size ** 2 * 3);
    const views = networkInput(pixels, [count, size, size, 3], change);
    batch[group.name] = {
      images: views,
      ...weak && { weak: tf.tensor1d(weak) },
      ...patchMasks &&
        {
          patchMasks: tf.tensor2d(patchMasks, [count, patchMasks.length / count]),
        },
      ...group.rows && rows && { rows: tf.tensor1d(rows, "int32") },
    };
  }
  return batch;
}
