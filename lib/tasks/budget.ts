import type { Backend } from "../compile/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { Random } from "../random/mod.ts";

/** How long training lasts: so many minutes, or (`null`) as long as the configuration says. */
export function budget(values: Record<string, unknown>, fallback: number | null): number | null {
  const given = ["minutes", "epochs", "steps"].filter((name) => values[name] !== undefined);
  if (given.length > 1) {
    throw new TypeError(`--${given.join(" and --")} contradict each other: give one of them`);
  }
  if (given.length === 0) return fallback;
  return given[0] === "minutes" ? values.minutes as number : null;
}

/** What a table may cost on a backend, so that it takes some ten minutes on two cores. */
export type Allowance = {
  /** Of training, unless told otherwise. */
  minutes: number;
  /** Images that are scored; `null` for all. */
  scored: Images | null;
  /** Numbers of the largest linear probe that is tried. */
  largestProbe: number;
};

/** A number of images of each part. */
export type Images = { train: number; test: number };

/** What is allowed on a backend. */
export function allowance(backend: Backend): Allowance {
  if (backend === "tensorflow") return { minutes: 7, scored: null, largestProbe: 2e6 };
  return { minutes: 5, scored: { train: 1000, test: 500 }, largestProbe: 5e5 };
}

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

/** What was scored, as a line of text; nothing where that was all. */
export function portionLine(images: Images | null): string {
  if (!images) return "";
  return `Scored on at most ${images.train} of the images to learn from and ${images.test} of those to be tested on, since the backend is slow.\n`;
}
