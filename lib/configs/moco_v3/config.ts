import type { Config, TeacherConfig } from "../config.ts";

/** The heads of MoCo-v3. */
export type MocoV3HeadConfig = {
  /** Linear layers of the projector; the predictor has two. */
  projectorLayers: number;
  /** Hidden width of both. */
  headHidden: number;
  /** Width of the embeddings. */
  headOut: number;
  /** Whether the predictor ends by a normalization, as the projector does. */
  normAfterPredictor: boolean;
};

/** The objective of MoCo-v3, and what of the networks stays as it is. */
export type MocoV3ObjectiveConfig = {
  /** Temperature of the similarities. */
  temperature: number;
  /** Whether the momentum of the teacher rises to 1 by a cosine; else it stays. */
  risingMomentum: boolean;
  /** Whether the projection of patches stays random, which keeps the training of a ViT stable. */
  frozenPatches: boolean;
};

/** All that MoCo-v3 depends on. */
export type MocoV3Config = Config & MocoV3HeadConfig & MocoV3ObjectiveConfig & TeacherConfig;
