import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import {
  erase,
  type ErasingNoise,
  makeViews,
  type NewViews,
  normalizePixels,
  type View,
  type ViewPlan,
} from "../transforms/mod.ts";

/** A batch to be made: images and, for each, the seed of its views. */
export type Order = { images: Image[]; seeds: string[]; plan: ViewPlan };

/**
 * The views of a group as network input: view 0 of all images, then view 1 of all images, and so
 * on.
 */
export type GroupArrays = {
  /** `[views * batch, size, size, 3]`. */
  images: Float32Array<ArrayBuffer>;
  /**
   * `[batch]`: 1 where the views were weakly augmented, else 0; absent unless one draw decided for
   * all of them.
   */
  weak?: Float32Array<ArrayBuffer>;
  /** `[views * batch, patches]`: 1 where a patch is masked, else 0; absent where none are. */
  patchMasks?: Float32Array<ArrayBuffer>;
};

/** Groups by name; those with the views of another one are left out. */
export type Arrays = Record<string, GroupArrays>;

/** Augments and normalizes a batch; equal orders give equal arrays, wherever they are made. */
export function assemble({ images, seeds, plan }: Order): Arrays {
  const groups = plan.filter((group) => "views" in group);
  const arrays: Arrays = {};
  for (const group of groups) arrays[group.name] = arraysOf(group, images.length);
  for (const [i, image] of images.entries()) {
    const views = makeViews(image, plan, new Random(seeds[i]!));
    for (const { name, size, strong } of groups) {
      const { images: out, weak, patchMasks } = arrays[name]!;
      const group = views[name]!;
      for (const [v, view] of group.views.entries()) {
        write(view, out, [(v * images.length + i) * size ** 2 * 3, strong?.noise]);
      }
      if (weak) weak[i] = group.weak ? 1 : 0;
      for (const [v, { data }] of (group.masks ?? []).entries()) {
        patchMasks!.set(data, (v * images.length + i) * data.length);
      }
    }
  }
  return arrays;
}

function arraysOf({ size, views, strong, masked }: NewViews, batch: number): GroupArrays {
  const rows = views.length * batch;
  return {
    images: new Float32Array(rows * size ** 2 * 3),
    ...strong?.together && { weak: new Float32Array(batch) },
    ...masked && { patchMasks: new Float32Array(rows * (size / masked.patchSize) ** 2) },
  };
}

/** Writes a view as network input. */
function write(view: View, out: Float32Array, [offset, noise]: [number, ErasingNoise?]): void {
  normalizePixels(view, out, offset);
  if (view.erased) erase(out, view.erased, { width: view.width, offset, noise });
}
