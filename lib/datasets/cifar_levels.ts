import { escapeControls, type Image } from "../images/mod.ts";
import type { Sample } from "./sample.ts";

/** A level of classes: its name, and their number. */
export type Level = {
  name: string;
  count: number;
  /** The file of the names of its classes in the binary version. */
  namesFile: string;
  /** The keys of its labels and of the names of its classes in the Python version. */
  labelsKey: string;
  namesKey: string;
};

/** The images of one file, and a line that identifies its content. */
export type CifarBatch = { samples: Sample[]; identity: string };

/** Pixels of a side. */
const SIDE = 32;

/** Pixels of an image, and bytes of one: all red, then all green, then all blue. */
export const PLANE: number = SIDE * SIDE, BYTES: number = 3 * PLANE;

/** Three planes become pixels. */
export function interleave(planes: Uint8Array): Image {
  const data = new Uint8Array(BYTES);
  for (let i = 0; i < PLANE; i++) {
    for (let c = 0; c < 3; c++) data[3 * i + c] = planes[c * PLANE + i]!;
  }
  return { width: SIDE, height: SIDE, data };
}

/**
 * The labels of an image, one at each level.
 *
 * @throws {Error} If one is not among the classes.
 */
export function labelsOf(
  values: readonly unknown[],
  levels: readonly Level[],
  { path, image }: { path: string; image: number },
): Record<string, number> {
  return Object.fromEntries(levels.map(({ name, count }, level) => {
    const label = values[level];
    if (typeof label === "number" && label >= 0 && label < count) return [name, label];
    const why = `image ${image} has the ${name} label ${label}, and there are ${count}`;
    throw damaged(path, why);
  }));
}

/** The names of a level's classes, with numbers where names are missing. */
export function namesFor(names: readonly string[], { count }: Level): string[] {
  return Array.from({ length: count }, (_, i) => names[i] ?? String(i));
}

/** The error of a file that cannot be used. */
export function damaged(path: string, why: string): Error {
  return new Error(`Cannot read ${escapeControls(path)}: ${why}; unpack the archive again`);
}
