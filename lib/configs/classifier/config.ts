/** The protocols that train a backbone further, with a classifier behind it. */
export type ClassifierProtocol = "fine-tune" | "semi-supervised" | "transfer";

/** A run of such a protocol as a whole. */
export type ClassifierRunConfig = {
  protocol: ClassifierProtocol;
  preset: string;
  batchSize: number;
  epochs: number;
  /** Steps of the whole run; they stand in for `epochs` where given. */
  steps: number | null;
  seed: number;
  /** Precision of matrix products; `auto` is bfloat16 if the device has instructions for it. */
  precision: "auto" | "float32" | "tf32" | "bfloat16";
};

/** The network: a backbone, and a head behind its features. */
export type ClassifierNetworkConfig = {
  /** `linear`, or `mlp`: a linear layer, GELU and a linear layer. */
  head: "linear" | "mlp";
  /** Hidden width of the head `mlp`. */
  headHidden: number;
  /** What the last layer of a new head is multiplied with. */
  headScale: number;
  /** Stochastic depth: the rate of the last block. */
  dropPath: number;
  /**
   * Whether positions are resized once, by size, and then learned for the new grid, as in
   * fine-tuning; otherwise they are resized by scale in every step, as in pre-training.
   */
  resizePositions: boolean;
  /**
   * Whether the projections of block `i` of a backbone that begins at random are divided by
   * √(2i), as in fine-tuning; weights of a checkpoint are taken as they are.
   */
  scaleBlocks: boolean;
};

/** How the network is optimized, by AdamW. */
export type ClassifierOptimConfig = {
  learningRate: number;
  /** The batch for which the rate is meant; others scale it in proportion. */
  learningRateBatch: number | null;
  /** May lie above the learning rate, which then rises, as in the official commands. */
  minLearningRate: number;
  /** Epochs of warm-up. */
  warmup: number;
  /** The learning rate at the start. */
  warmupRate: number;
  /**
   * Whether the rate changes from `step` to step, or from `epoch` to epoch by timm's schedule, whose
   * first value serves two epochs.
   */
  rateChanges: "step" | "epoch";
  weightDecay: number;
  weightDecayEnd: number;
  /** Whether class token and positions decay, as they do in the official semi and transfer. */
  decayTokens: boolean;
  /** What a layer's rate is multiplied with for each layer above it; 1 for none. */
  layerDecay: number;
  /** Greatest norm of the whole gradient; 0 for no limit. */
  clipGradient: number;
  /** Momentum of a moving average of the weights that is saved beside them; `null` for none. */
  average: number | null;
};

/** How images are shown. */
export type ClassifierImageConfig = {
  /** Side in pixels; `null` for that of the images for which the backbone's positions are made. */
  imageSize: number | null;
  /** Part of an image's area that a crop shows. */
  cropScale: [number, number];
  flip: number;
  /** Mean magnitude (of 10) and deviation of RandAugment. */
  randAugment: [number, number];
  /** Probability that a part of an image is erased. */
  erasing: number;
  /** Parameters of the Beta distributions of mixup and cutmix; 0 for never. */
  mixup: number;
  cutmix: number;
  /** Probability of cutmix where both are there. */
  switchProbability: number;
  /** Label smoothing. */
  smoothing: number;
  /** How often every image is shown in a row, as repeated augmentation does; 1 for once. */
  repeats: number;
  /**
   * Images of an epoch with repeats are a multiple of this number: 256 in the official sampler, of
   * which smaller sets have no epoch at all.
   */
  repeatRound: number;
  /** How pixels are interpolated when images are scored. */
  evalFilter: "bilinear" | "bicubic";
  evalCrop: "center" | "whole";
  /** Whether images are turned as their EXIF orientation says. */
  exif: boolean;
};

/** All that the training of a classifier depends on, beside weights and images. */
export type ClassifierConfig =
  & ClassifierRunConfig
  & ClassifierNetworkConfig
  & ClassifierOptimConfig
  & ClassifierImageConfig;
