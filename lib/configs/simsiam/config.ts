import type { Config } from "../config.ts";

/** The heads of SimSiam. */
export type SimsiamHeadConfig = {
  /** Linear layers of the projector; the predictor has two. */
  projectorLayers: number;
  /** Width of the embeddings. */
  headOut: number;
  /** Hidden width of the predictor; that of the projector is the width of the features. */
  predictorHidden: number;
};

/** The objective of SimSiam. */
export type SimsiamObjectiveConfig = {
  /** Whether the predictor keeps its first rate to the end. */
  constantPredictorRate: boolean;
  /** Whether projections are taken as they are, without gradient; without that all collapse. */
  stopGradient: boolean;
};

/** All that SimSiam depends on. */
export type SimsiamConfig = Config & SimsiamHeadConfig & SimsiamObjectiveConfig;
