import type { Config, WarmupConfig } from "../config.ts";

/** The head of SwAV and its prototypes. */
export type SwavHeadConfig = {
  /** Hidden width of the projection. */
  headHidden: number;
  /** Width of the embeddings. */
  headOut: number;
  prototypes: number;
};

/** The objective of SwAV. */
export type SwavObjectiveConfig = {
  /** Temperature of the predicted assignments. */
  temperature: number;
  /** How soft the assignments are that are predicted. */
  epsilon: number;
  sinkhornIterations: number;
  /** Embeddings of earlier images that are assigned with a batch; 0 for none. */
  queue: number;
  /** Epochs before the queue begins to fill. */
  queueStart: number;
};

/** All that SwAV depends on. */
export type SwavConfig = Config & SwavHeadConfig & SwavObjectiveConfig & WarmupConfig;
