/** Linear probing as the original does it: classifiers on frozen features of augmented images. */
export type LinearConfig = {
  preset: string;
  epochs: number;
  batchSize: number;
  /** Learning rates for a batch of 256 images; every one is tried with every decay. */
  learningRates: readonly number[];
  /** The rate at the end, whatever the batch: the rates below it rise. */
  minLearningRate: number;
  weightDecays: readonly number[];
  optimizers: readonly ("sgd" | "lars")[];
  /** Class tokens of so many last blocks are seen. */
  blocks: number;
  /**
   * Where the mean patch token of the last block is seen: nowhere, between the numbers of the class
   * token, or behind the class tokens.
   */
  patchMean: "none" | "interleaved" | "behind";
  /** Part of an image's area that a crop shows. */
  cropScale: readonly [number, number];
  flip: number;
  /** Mean magnitude (of 10) and deviation of RandAugment. */
  randAugment: readonly [number, number];
  /** Probability that a part of an image is erased. */
  erasing: number;
};

/** The fields of linear probing that a request may change. */
export type LinearSettings = Pick<
  LinearConfig,
  "epochs" | "batchSize" | "learningRates" | "minLearningRate" | "blocks" | "patchMean"
>;
