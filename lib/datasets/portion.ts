import { Random } from "../random/mod.ts";
import type { Dataset } from "./sample.ts";

/** A number of images of each part. */
export type Images = { train: number; test: number };

/** Parts of a data set that are no larger: always the same images, drawn by lot, since classes may take turns. */
export function portion(data: Dataset, images: Images | null): Dataset {
  if (!images) return data;
  const draw = <T>(part: "train" | "test", all: T[]) =>
    Array.from(
      new Random(`portion/${part}`).permutation(all.length).subarray(0, images[part]).sort(),
      (i) => all[i],
    );
  return { ...data, train: draw("train", data.train), test: draw("test", data.test) };
}
