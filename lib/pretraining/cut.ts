import type * as tf from "@tensorflow/tfjs";
import type { Batch, BatchViews } from "../datasets/mod.ts";
import type { Masks, Method, StudentViews } from "../methods/mod.ts";

/** A batch and the student's masks of stochastic depth for it. */
export type MaskedBatch = { batch: Batch; masks: Masks };

/** The views of a batch that the student learns from. */
export function studentViewsOf(
  { batch, masks }: MaskedBatch,
  { studentViews: names }: Pick<Method, "studentViews">,
): StudentViews {
  const groups: StudentViews["groups"] = {};
  for (const name of names) {
    const views = batch[name], mask = masks[name];
    if (views) groups[name] = mask ? { ...views, mask } : views;
  }
  return { groups };
}

/**
 * Every so many images of a batch of `images`, part `index` of `parts`: all tensors hold them view
 * after view.
 *
 * @throws {RangeError} If the batch does not divide into the parts.
 */
export function imagesOf(
  { batch, masks }: MaskedBatch,
  { images, index, parts }: { images: number; index: number; parts: number },
): MaskedBatch {
  if (images % parts) {
    throw new RangeError(
      `Cannot cut a batch of ${images} images into ${parts} parts: ${images % parts} are left over`,
    );
  }
  const part: Part = { images, from: index * images / parts, size: images / parts };
  return {
    batch: replaceValues(batch, ({ images, weak, patchMasks }) => ({
      images: rows(images, part),
      ...weak && { weak: weak.slice(part.from, part.size) },
      ...patchMasks && { patchMasks: rows(patchMasks, part) },
    })),
    masks: replaceValues(masks, (mask) => columns(mask, part)),
  };
}

/**
 * The masks of every so many images of a batch of `images`, part `index` of `parts`; all of them
 * are new tensors.
 */
export function masksOf(
  masks: Masks,
  { images, index, parts }: { images: number; index: number; parts: number },
): Masks {
  const part: Part = { images, from: index * images / parts, size: images / parts };
  return replaceValues(masks, (mask) => columns(mask, part));
}

/** The images `from` to `from + size` of a batch. */
type Part = { images: number; from: number; size: number };

/** Those of images or their masks `[views * batch, ...]`. */
function rows<T extends tf.Tensor>(x: T, { images, from, size }: Part): T {
  const [all, ...shape] = x.shape as [number, ...number[]];
  const views = x.reshape([all / images, images, ...shape]);
  const begin = [0, from, ...shape.map(() => 0)];
  return views.slice(begin, [-1, size, ...shape]).reshape([-1, ...shape]) as T;
}

/** Those of masks `[depth, 2, views * batch]`. */
function columns(x: tf.Tensor3D, { images, from, size }: Part): tf.Tensor3D {
  const [depth, two, all] = x.shape;
  const views = x.reshape([depth, two, all / images, images]);
  return views.slice([0, 0, 0, from], [-1, -1, -1, size]).reshape<tf.Tensor3D>([depth, two, -1]);
}

function replaceValues<T, R>(record: Record<string, T>, f: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}

/**
 * The student's views of a batch of `images` in chunks of at most `chunk`, each of one group; all
 * their tensors are new. Of the groups after the first one, the views of a group count alike: their
 * chunks are one kind of call.
 */
export function chunksOf(
  { groups }: StudentViews,
  { images, chunk }: { images: number; chunk: number },
): StudentViews[] {
  const counts = Object.values(groups).map(({ images: { shape } }) => shape[0] / images);
  const of = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  return Object.entries(groups).flatMap(([name, group]) => {
    const start = before, count = group.images.shape[0] / images;
    before += count;
    return Array.from({ length: Math.ceil(count / chunk) }, (_, i) => {
      const from = i * chunk, views = Math.min(chunk, count - from);
      const part = slice(group, { from: from * images, size: views * images });
      return { groups: { [name]: part }, range: { first: start === 0 ? from : start, of } };
    });
  });
}

function slice(
  { images, weak, patchMasks, mask }: BatchViews & { mask?: tf.Tensor3D },
  { from, size }: { from: number; size: number },
): BatchViews & { mask?: tf.Tensor3D } {
  return {
    images: images.slice([from], [size]),
    ...weak && { weak: weak.clone() },
    ...patchMasks && { patchMasks: patchMasks.slice([from], [size]) },
    ...mask && { mask: mask.slice([0, 0, from], [-1, -1, size]) },
  };
}
