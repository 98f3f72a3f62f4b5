import type { Image } from "../images/mod.ts";
import type { ImageFile } from "./image_file.ts";

/** One image of a data set, which is read when it is needed. */
export type Sample = {
  /** Its path within the data set, or another text that is unique in it. */
  id: string;
  /**
   * Its class at each level: one level (`class`) for folders, three for granules, none unlabeled.
   */
  labels: Record<string, number>;
  read(): Promise<Image>;
  /** Where it lies, if it is a file: then threads of the loader read it by themselves. */
  file?: ImageFile;
  /** The first bytes of its file, where it is one: enough to recognize what is no image. */
  head?(): Promise<Uint8Array>;
};

/** By what the field scores a data set: by all images alike, or by the mean over the classes. */
export type UsualScore = { level: string; score: "top1" | "perClass" };

/** A data set: images to learn from, and images to be scored on. */
export type Dataset = {
  /** Its name in tables. */
  name: string;
  train: Sample[];
  /** Empty if there are none to be scored on. */
  test: Sample[];
  /** The names of the classes at each level. */
  classes: Record<string, string[]>;
  /** Equal for equal data: stored results of data with the same fingerprint may be used again. */
  fingerprint: string;
  /** The level at which the field scores it, and by what: by default by top-1. */
  usual?: UsualScore;
  /** What a user should know of how the folder was read: what was left out, and why. */
  notes?: string[];
};
