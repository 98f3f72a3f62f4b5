import type { Precision } from "../compile/mod.ts";

/** What one side is to do again and again; plain data, since each side is a process of its own. */
export type Task = {
  kind: "step" | "extract" | "jpeg" | "knn" | "multicrop";
  preset: "vit_small" | "tiny";
  batchSize: number;
  precision: Precision;
};

/** A {@linkcode Task} and where it is done. */
export type Setting = Task & {
  /** Processors that may be used. */
  threads: number;
  /** Folder of JPEG files, for those tasks that read some. */
  photos: string;
};

/** A task that is ready: done once by every call. */
export type Prepared = {
  once(): void | Promise<void>;
  /** How much each call does: images, or queries. */
  items: number;
};

/** Sizes of the k-NN that is measured. */
export const knnSize = { train: 50_000, queries: 2_000, width: 384, classes: 1_000, k: 20 };
