import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import {
  countViews,
  type ErasedPixels,
  erasedPixels,
  makeViews,
  type NewViews,
  PHOTOMETRIC_NUMBERS,
  photometricNumbers,
  type ViewPlan,
} from "../transforms/mod.ts";
import type { PixelArrays } from "./network_input.ts";

/** A batch to be made: images and, for each, the seed of its views. */
export type Order = { images: Image[]; seeds: string[]; plan: ViewPlan };

/**
 * The views of a group: view 0 of all images, then view 1 of all images, and so on; their bytes are
 * `[views * batch, size, size, 3]`.
 */
export type GroupArrays<Memory extends ArrayBufferLike = ArrayBufferLike> = PixelArrays<Memory> & {
  /**
   * `[batch]`: 1 where the views were weakly augmented, else 0; absent unless one draw decided for
   * all of them.
   */
  weak?: Float32Array<Memory>;
  /** `[views * batch, patches]`: 1 where a patch is masked, else 0; absent where none are. */
  patchMasks?: Float32Array<Memory>;
};

/** Groups by name; those with the views of another one are left out. */
export type Arrays<Memory extends ArrayBufferLike = ArrayBufferLike> = Record<
  string,
  GroupArrays<Memory>
>;

/** A batch that is being made: the views of each image are written by themselves, in any order. */
export type BatchArrays<Memory extends ArrayBufferLike = ArrayBufferLike> = {
  arrays: Arrays<Memory>;
  plan: ViewPlan;
  batchSize: number;
};

/** The pixels of an image's views that are erased, by their groups. */
export type ErasedViews = Record<string, ErasedPixels[]>;

/** Augments a batch; equal orders give equal arrays, wherever they are made. */
export function assemble({ images, seeds, plan }: Order): Arrays<ArrayBuffer> {
  const batch = emptyBatch(plan, images.length, (bytes) => new ArrayBuffer(bytes));
  const erased = images.map((image, i) => writeViews(batch, image, { i, seed: seeds[i]! }));
  return withErased(batch.arrays, erased);
}

/** A batch of which no image is written, in memory of the given kind. */
export function emptyBatch<Memory extends ArrayBufferLike>(
  plan: ViewPlan,
  batchSize: number,
  memory: (bytes: number) => Memory,
): BatchArrays<Memory> {
  const floats = (count: number) => new Float32Array(memory(4 * count));
  const arrays: Arrays<Memory> = {};
  for (const group of groupsOf(plan)) {
    const { name, size, strong, masked, unchanged } = group;
    const rows = countViews(group) * batchSize;
    arrays[name] = {
      bytes: new Uint8Array(memory(rows * size ** 2 * 3)),
      ...unchanged && { changes: floats(rows * PHOTOMETRIC_NUMBERS) },
      ...strong?.together && { weak: floats(batchSize) },
      ...masked && { patchMasks: floats(rows * (size / masked.patchSize) ** 2) },
    };
  }
  return { arrays, plan, batchSize };
}

/** Bytes of the views of a batch. */
export function batchBytes(plan: ViewPlan, batchSize: number): number {
  const pixels = groupsOf(plan).map((group) => countViews(group) * group.size ** 2);
  return 3 * batchSize * pixels.reduce((sum, count) => sum + count, 0);
}

/** Writes the views of image `i` of a batch, which a seed draws; what is erased is returned. */
export function writeViews(
  { arrays, plan, batchSize }: BatchArrays,
  image: Image,
  { i, seed }: { i: number; seed: string },
): ErasedViews {
  const erased: ErasedViews = {};
  const views = makeViews(image, plan, new Random(seed));
  for (const { name, size, strong } of groupsOf(plan)) {
    const { bytes, changes, weak, patchMasks } = arrays[name]!;
    const group = views[name]!;
    for (const [v, view] of group.views.entries()) {
      const first = (v * batchSize + i) * size ** 2;
      bytes.set(view.data, 3 * first);
      changes?.set(photometricNumbers(view.change), (v * batchSize + i) * PHOTOMETRIC_NUMBERS);
      if (!view.erased) continue;
      const options = { width: size, first, noise: strong?.noise };
      (erased[name] ??= []).push(erasedPixels(view.erased, options));
    }
    if (weak) weak[i] = group.weak ? 1 : 0;
    for (const [v, { data }] of (group.masks ?? []).entries()) {
      patchMasks!.set(data, (v * batchSize + i) * data.length);
    }
  }
  return erased;
}

/** The arrays of a batch with the erased pixels of all its images, which may come in any order. */
export function withErased<Memory extends ArrayBufferLike>(
  arrays: Arrays<Memory>,
  erased: readonly ErasedViews[],
): Arrays<Memory> {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, group]) => {
      const parts = erased.flatMap((views) => views[name] ?? []);
      return [name, { ...group, ...parts.length > 0 && joined(parts) }];
    }),
  );
}

function groupsOf(plan: ViewPlan): NewViews[] {
  return plan.filter((group) => "views" in group);
}

function joined(parts: readonly ErasedPixels[]): ErasedPixels {
  const pixels = parts.reduce((sum, { index }) => sum + index.length, 0);
  const index = new Int32Array(pixels), noise = new Float32Array(3 * pixels);
  let done = 0;
  for (const part of parts) {
    index.set(part.index, done);
    noise.set(part.noise, 3 * done);
    done += part.index.length;
  }
  return { index, noise };
}
