import type { Image } from "../images/mod.ts";

/** One image of a data set that is read when it is needed. */
export type Sample = {
  /** Its path within the data set, or another text that names it alone. */
  id: string;
  /** Its class at each level: one level (`class`) for folders, three for granules, none for unlabelled images. */
  labels: Record<string, number>;
  read(): Promise<Image>;
  /** The file's first bytes, where it is a file: enough to tell that it is no image. */
  head?(): Promise<Uint8Array>;
};

/** A data set: what to learn from and what to be scored on. */
export type Dataset = {
  /** What tables call it. */
  name: string;
  train: Sample[];
  /** Empty if there is nothing to be scored on. */
  test: Sample[];
  /** The names of the classes at each level. */
  classes: Record<string, string[]>;
  /** Equal for equal data: a stored result may be used again as long as it is. */
  fingerprint: string;
  /** What a user should know of how the folder was taken: what was left out, and why. */
  notes?: string[];
};
