import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import {
  type CropsConfig,
  erase,
  type ErasingNoise,
  multiCrop,
  normalize,
  type View,
} from "../transforms/mod.ts";

/** A batch to be made: images and, for each, the seed of its views. */
export type Order = { images: Image[]; seeds: string[]; crops: CropsConfig };

/** The views of a batch as network input, view by view: view 0 of all images, then view 1, and so on. */
export type Arrays = {
  /** `[2 * batch, globalSize, globalSize, 3]`. */
  teacher: Float32Array<ArrayBuffer>;
  /** The same shape; absent where the student gets the teacher's views. */
  student?: Float32Array<ArrayBuffer>;
  /** `[localCrops * batch, localSize, localSize, 3]`. */
  local: Float32Array<ArrayBuffer>;
  /** `[batch]`: 1 where the student's large views were weakly augmented. */
  weak: Float32Array<ArrayBuffer>;
};

/** Augments and normalizes a batch; equal orders give equal arrays, wherever they are made. */
export function assemble({ images, seeds, crops }: Order): Arrays {
  const [batch, noise] = [images.length, crops.erasingNoise];
  const large = crops.globalSize ** 2 * 3, small = crops.localSize ** 2 * 3;
  const teacher = new Float32Array(2 * batch * large);
  const student = crops.sharedCrops ? undefined : new Float32Array(2 * batch * large);
  const local = new Float32Array(crops.localCrops * batch * small);
  const weak = new Float32Array(batch);
  images.forEach((image, i) => {
    const views = multiCrop(image, crops, new Random(seeds[i]));
    views.teacher.forEach((view, v) => write(view, teacher, [(v * batch + i) * large, noise]));
    if (student) {
      views.student.forEach((view, v) => write(view, student, [(v * batch + i) * large, noise]));
    }
    views.local.forEach((view, v) => write(view, local, [(v * batch + i) * small, noise]));
    weak[i] = views.weak ? 1 : 0;
  });
  return { teacher, student, local, weak };
}

/** Writes a view as network input. */
function write(view: View, out: Float32Array, [offset, noise]: [number, ErasingNoise?]): void {
  normalize(view, out, offset);
  if (view.erased) erase(out, view.erased, { width: view.width, offset, noise });
}
