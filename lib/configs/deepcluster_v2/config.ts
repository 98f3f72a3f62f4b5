import type { Config, WarmupConfig } from "../config.ts";

/** The head of DeepCluster-v2 and its sets of prototypes. */
export type DeepclusterV2HeadConfig = {
  /** Hidden width of the projection. */
  headHidden: number;
  /** Width of the embeddings. */
  headOut: number;
  /** How many prototypes there are in each set, which are as many clusters of the images. */
  clusters: readonly number[];
};

/** The objective of DeepCluster-v2. */
export type DeepclusterV2ObjectiveConfig = {
  /** Temperature of the predicted clusters. */
  temperature: number;
  /** Rounds of k-means before every epoch. */
  kMeansIterations: number;
  /**
   * The large views whose embeddings are remembered, 0 and 1; the sets of prototypes take turns in
   * being clusters of each.
   */
  memoryViews: readonly number[];
};

/** All that DeepCluster-v2 depends on. */
export type DeepclusterV2Config =
  & Config
  & DeepclusterV2HeadConfig
  & DeepclusterV2ObjectiveConfig
  & WarmupConfig;
