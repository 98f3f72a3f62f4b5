import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import {
  type ErasedPixels,
  erasedPixels,
  makeViews,
  type NewViews,
  type ViewPlan,
} from "../transforms/mod.ts";
import type { PixelArrays } from "./network_input.ts";

/** A batch to be made: images and, for each, the seed of its views. */
export type Order = { images: Image[]; seeds: string[]; plan: ViewPlan };

/**
 * The views of a group: view 0 of all images, then view 1 of all images, and so on; their bytes are
 * `[views * batch, size, size, 3]`.
 */
export type GroupArrays = PixelArrays & {
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

/** Augments a batch; equal orders give equal arrays, wherever they are made. */
export function assemble({ images, seeds, plan }: Order): Arrays {
  const groups = plan.filter((group) => "views" in group);
  const arrays: Arrays = {};
  const erased: Record<string, ErasedPixels[]> = {};
  for (const group of groups) {
    arrays[group.name] = arraysOf(group, images.length);
    erased[group.name] = [];
  }
  for (const [i, image] of images.entries()) {
    const views = makeViews(image, plan, new Random(seeds[i]!));
    for (const { name, size, strong } of groups) {
      const { bytes, weak, patchMasks } = arrays[name]!;
      const group = views[name]!;
      for (const [v, view] of group.views.entries()) {
        const first = (v * images.length + i) * size ** 2;
        bytes.set(view.data, 3 * first);
        const options = { width: size, first, noise: strong?.noise };
        if (view.erased) erased[name]!.push(erasedPixels(view.erased, options));
      }
      if (weak) weak[i] = group.weak ? 1 : 0;
      for (const [v, { data }] of (group.masks ?? []).entries()) {
        patchMasks!.set(data, (v * images.length + i) * data.length);
      }
    }
  }
  for (const { name } of groups) Object.assign(arrays[name]!, joined(erased[name]!));
  return arrays;
}

function arraysOf({ size, views, strong, masked }: NewViews, batch: number): GroupArrays {
  const rows = views.length * batch;
  return {
    bytes: new Uint8Array(rows * size ** 2 * 3),
    ...strong?.together && { weak: new Float32Array(batch) },
    ...masked && { patchMasks: new Float32Array(rows * (size / masked.patchSize) ** 2) },
  };
}

/** The erased pixels of all views together, if there are any. */
function joined(parts: readonly ErasedPixels[]): Partial<ErasedPixels> {
  if (parts.length === 0) return {};
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
