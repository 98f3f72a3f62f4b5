/** A run of detection as a whole. */
export type DetectionRunConfig = {
  protocol: "detection";
  preset: string;
  batchSize: number;
  epochs: number;
  /** Steps of the whole run; they stand in for `epochs` where given. */
  steps: number | null;
  seed: number;
  /** Precision of matrix products; `auto` is bfloat16 if the device has instructions for it. */
  precision: "auto" | "float32" | "tf32" | "bfloat16";
};

/** The network: a vision transformer, a pyramid of maps, and the heads of Cascade Mask R-CNN. */
export type DetectionNetworkConfig = {
  /**
   * Height and width in pixels of the images for whose patches positions are resized, once, and
   * then learned; 0 and 0 for those of pre-training.
   */
  positions: [number, number];
  /** Channels of the maps. */
  mapWidth: number;
  /** Width of the hidden layer that judges boxes. */
  headWidth: number;
  /** Stochastic depth: the rate of the last block. */
  dropPath: number;
  /** Side of a square anchor in strides of its map. */
  anchorScale: number;
  /** Side in pixels from which on, doubled, boxes are looked at on the second map. */
  finest: number;
};

/** How many boxes are looked at. */
export type DetectionBoxConfig = {
  /** Anchors of an image that are learned from. */
  anchorsLearned: number;
  /** Boxes of an image that each stage learns from. */
  boxesLearned: number;
  /** Boxes that are proposed in training and in scoring. */
  proposals: number;
  scoredProposals: number;
  /** Objects that are found in an image, at most, and the score above which they count. */
  detections: number;
  scoreThreshold: number;
};

/** How the network is optimized, by AdamW. */
export type DetectionOptimConfig = {
  learningRate: number;
  /** Epochs after which it falls. */
  fallAfter: number[];
  /** What it is multiplied with then. */
  fallFactor: number;
  /** Steps of warm-up. */
  warmupSteps: number;
  /** The share of the rate with which the warm-up begins. */
  warmupShare: number;
  weightDecay: number;
  /** What a layer's rate is multiplied with for each layer above it; 1 for none. */
  layerDecay: number;
};

/** How images are shown. */
export type DetectionImageConfig = {
  /** Shorter side of an image in pixels, of which one is drawn. */
  shortSides: number[];
  /** Its longer side at most. */
  longSide: number;
  flip: number;
  /** Probability of a crop, which shows objects larger. */
  cropShare: number;
  /** Shorter side of the image before the crop, of which one is drawn. */
  cropShortSides: number[];
  /** Least and greatest side of the crop. */
  cropSides: [number, number];
  /** Shorter side of an image that is scored. */
  scoredSide: number;
  /** Pixels to a multiple of which the sides of a batch are filled up. */
  padMultiple: number;
};

/** All that training for detection depends on, beside weights and images. */
export type DetectionConfig =
  & DetectionRunConfig
  & DetectionNetworkConfig
  & DetectionBoxConfig
  & DetectionOptimConfig
  & DetectionImageConfig;
