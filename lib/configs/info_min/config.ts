import type { Config, TeacherConfig } from "../config.ts";

/** How InfoMin makes its views. */
export type InfoMinViewsConfig = {
  /** Pixels of the square that is cut into nine cells. */
  jigsawCrop: number;
  /** Pixels of the patch that is cut out of each cell. */
  jigsawPatch: number;
};

/** The objective of InfoMin. */
export type InfoMinObjectiveConfig = {
  /** Width of the embeddings; the hidden width of the heads is that of the features. */
  headOut: number;
  /** Keys of earlier images that queries are compared with. */
  queue: number;
  /** Temperature of the similarities. */
  temperature: number;
  /** What the loss of the patches weighs; that of the whole view has the rest. */
  jigsawShare: number;
};

/** All that InfoMin depends on. */
export type InfoMinConfig =
  & Config
  & InfoMinViewsConfig
  & InfoMinObjectiveConfig
  & TeacherConfig;
