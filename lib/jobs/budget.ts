import type { Backend } from "../compile/mod.ts";
import type { ImageCounts } from "../datasets/mod.ts";

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
  /** ImageCounts that are scored; `null` for all. */
  scored: ImageCounts | null;
  /** Numbers of the largest linear probe that is tried. */
  largestProbe: number;
};

/** What is allowed on a backend. */
export function allowance(backend: Backend): Allowance {
  if (backend === "tensorflow") return { minutes: 7, scored: null, largestProbe: 2e6 };
  return { minutes: 5, scored: { train: 1000, test: 500 }, largestProbe: 5e5 };
}

/** What was scored, as a line of text; nothing where that was all. */
export function portionLine(images: ImageCounts | null): string {
  if (!images) return "";
  return `Scored on at most ${images.train} of the images to learn from and ${images.test} of those to be tested on, since the backend is slow.\n`;
}
