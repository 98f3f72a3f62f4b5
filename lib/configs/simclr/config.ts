import type { Config } from "../config.ts";

/** The head of SimCLR. */
export type SimclrHeadConfig = {
  /** Linear layers of the projector, whose hidden width is that of the features. */
  projectorLayers: number;
  /** Width of the embeddings. */
  headOut: number;
};

/** All that SimCLR depends on. */
export type SimclrConfig = Config & SimclrHeadConfig & {
  /** Temperature of the similarities. */
  temperature: number;
  /** Whether the rate grows with the root of the batch instead of the batch. */
  rootRate: boolean;
};
