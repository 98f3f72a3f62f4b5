import * as tf from "@tensorflow/tfjs";
import type { StudentViews } from "./halves.ts";
import type { StepBatch } from "./pass.ts";

/** A batch and its masks of stochastic depth. */
export type Work = { batch: StepBatch; masks: tf.Tensor3D[] };

/**
 * Every so many images of a batch, part `index` of `parts`: all tensors hold them view after view.
 *
 * @throws {RangeError} If the batch does not divide into the parts.
 */
export function imagesOf(
  { batch, masks }: Work,
  { index, parts }: { index: number; parts: number },
): Work {
  const images = batch.weak.shape[0];
  if (images % parts) {
    throw new RangeError(
      `Cannot cut a batch of ${images} images into ${parts} parts: ${images % parts} are left over`,
    );
  }
  const size = images / parts;
  const rows = (x: tf.Tensor4D) => {
    const [all, ...shape] = x.shape;
    const views = x.reshape([all / images, images, ...shape]);
    const begin = [0, index * size, ...shape.map(() => 0)];
    return views.slice(begin, [-1, size, ...shape]).reshape<tf.Tensor4D>([-1, ...shape]);
  };
  const columns = (x: tf.Tensor3D) => {
    const [depth, two, all] = x.shape;
    const views = x.reshape([depth, two, all / images, images]);
    return views.slice([0, 0, 0, index * size], [-1, -1, -1, size]).reshape<tf.Tensor3D>([
      depth,
      two,
      -1,
    ]);
  };
  const { teacher, student, local, weak } = batch;
  return {
    batch: {
      teacher: rows(teacher),
      student: rows(student),
      local: rows(local),
      weak: weak.slice(index * size, size),
    },
    masks: masks.map(columns),
  };
}

/**
 * The student's views of a batch in groups of at most `chunk`, large and small ones apart; all of them as one where no
 * chunk is given.
 */
export function viewsOf({ batch, masks }: Work, chunk: number | null): StudentViews[] {
  const images = batch.weak.shape[0];
  const groups = [batch.student, batch.local].filter(({ shape }) => shape[0] > 0);
  if (!chunk) return [{ groups, masks }];
  const counts = groups.map(({ shape }) => shape[0] / images);
  const of = counts.reduce((a, b) => a + b);
  return groups.flatMap((group, i) =>
    Array.from({ length: Math.ceil(counts[i] / chunk) }, (_, k) => {
      const from = k * chunk, count = Math.min(chunk, counts[i] - from);
      return {
        groups: [group.slice(from * images, count * images)],
        masks: masks.slice(i, i + 1).map((mask) =>
          mask.slice([0, 0, from * images], [-1, -1, count * images])
        ),
        // All small views weigh the same: their groups are one kind of call.
        views: { first: i === 0 ? from : 2, of },
      };
    })
  );
}
