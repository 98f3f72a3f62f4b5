import type { Precision } from "../compile/mod.ts";
import {
  type Config,
  type MugsConfig,
  recipes,
  tiny,
  vitBase400,
  vitSmall100,
} from "../configs/mod.ts";

/** The preset with the heads that the peer has, which do not normalize by batch. */
const tinyOfPeer: MugsConfig = { ...tiny, batchNormInHead: false };

/** The recipes whose sizes are measured: those of Mugs, unless their names begin with another. */
export const measuredPresets = {
  vit_small: vitSmall100,
  vit_base: vitBase400,
  tiny: tinyOfPeer,
  dino_vit_small: recipes.dino.presets.vit_small_100ep!,
  simsiam_resnet50: recipes.simsiam.presets.resnet50_100ep!,
} satisfies Record<string, Config>;

/** What one side does again and again; plain data, since each side is a process of its own. */
export type Task = {
  kind: "step" | "fine_tune" | "extract" | "jpeg" | "knn" | "multicrop" | "loader" | "video";
  preset: keyof typeof measuredPresets;
  batchSize: number;
  precision: Precision;
  /** Where both sides compute. */
  device: "cpu" | "gpu";
  /** The side by which photos that are read are larger than those of ImageNet; 1 by default. */
  photoScale?: number;
  /** Whether they are decoded at reduced size where the crops allow it. */
  reducedDecoding?: boolean;
};

/** A {@linkcode Task} and where it is done. */
export type Setting = Task & {
  /** The number of processors that may be used. */
  threads: number;
  /** A folder of JPEG files, for the tasks that read some. */
  photos: string;
};

/** A task that is ready: each call does it once. */
export type Prepared = {
  once(): void | Promise<void>;
  /** How much each call does: images, or queries. */
  items: number;
};

/** The video in which objects are followed: frames of 480p, as in DAVIS. */
export const videoSize = { frames: 20, width: 854, height: 480, objects: 3 };

/** The sizes of the k-NN that is measured. */
export const knnSize = { train: 50_000, queries: 2_000, width: 384, classes: 1_000, k: 20 };
