import type { Image, Mask } from "../images/mod.ts";
import type { LabeledFile } from "./labeled_file.ts";

/** An image with the class of each of its pixels, both read when they are needed. */
export type LabeledSample = {
  /** Its path within the set, or another text that is unique in it. */
  id: string;
  read(): Promise<Image>;
  /** The class of each pixel, or 255 where it has none. */
  mask(): Promise<Mask>;
  /** Where both lie, if they are files: then threads of the loader read them by themselves. */
  file?: LabeledFile;
};

/** Images with the class of each pixel: some to learn from, others to be scored on. */
export type LabeledSet = {
  /** Its name in tables. */
  name: string;
  train: LabeledSample[];
  test: LabeledSample[];
  /** The names of the classes. */
  classes: string[];
  /** Equal for equal data. */
  fingerprint: string;
};
