/** A run of semantic segmentation as a whole. */
export type SegmentationRunConfig = {
  protocol: "segmentation";
  preset: string;
  batchSize: number;
  epochs: number;
  /** Steps of the whole run; they stand in for `epochs` where given. */
  steps: number | null;
  seed: number;
  /** Precision of matrix products; `auto` is bfloat16 if the device has instructions for it. */
  precision: "auto" | "float32" | "tf32" | "bfloat16";
};

/** The network: a vision transformer, and a head behind its maps. */
export type SegmentationNetworkConfig = {
  /** `linear`, or `upernet` on maps of four sizes with an auxiliary head. */
  head: "linear" | "upernet";
  /** Whether the linear head reads the last block, or four of them; UPerNet reads four. */
  readBlocks: "last" | "four";
  /** Whether the final norm is applied to each block that is read; otherwise to none. */
  finalNorm: boolean;
  /** Whether the backbone stays as it is. */
  frozen: boolean;
  /** Channels of UPerNet's maps, and of the auxiliary head's. */
  channels: number;
  auxiliaryChannels: number;
  /** What the loss of the auxiliary head is multiplied with. */
  auxiliaryWeight: number;
  /** Probability that a channel is dropped before places are classified. */
  dropout: number;
  /** Stochastic depth: the rate of the last block. */
  dropPath: number;
};

/** How the network is optimized, by AdamW. */
export type SegmentationOptimConfig = {
  learningRate: number;
  /** The rate toward which it falls. */
  minLearningRate: number;
  /** The exponent of its fall; 1 is a straight line. */
  power: number;
  /** Steps of warm-up. */
  warmupSteps: number;
  /** The share of the rate with which the warm-up begins. */
  warmupShare: number;
  weightDecay: number;
  /** What a layer's rate is multiplied with for each layer above it; 1 for none. */
  layerDecay: number;
  /** By what the loss is divided: the number of all pixels, or of those that have a class. */
  lossDivisor: "all" | "labeled";
};

/** How images are shown. */
export type SegmentationImageConfig = {
  /** Side of the square that the network sees in training; `null` for that of its positions. */
  crop: number | null;
  /** How much larger or smaller than the crop the shorter side of an image becomes. */
  scale: [number, number];
  /** The share of its labeled pixels that one class may have in a crop, and below; 1 for any. */
  largestShare: number;
  /** Probability of a mirror image. */
  flip: number;
  /** Whether brightness, contrast, saturation and hue change. */
  photometric: boolean;
  /** Whether images are scored by a window that slides over them, or as a whole. */
  scoring: "slide" | "whole";
  /** Pixels from one window to the next; `null` for two thirds of the crop. */
  stride: number | null;
};

/** All that training for segmentation depends on, beside weights and images. */
export type SegmentationConfig =
  & SegmentationRunConfig
  & SegmentationNetworkConfig
  & SegmentationOptimConfig
  & SegmentationImageConfig;
