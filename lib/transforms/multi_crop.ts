import type { ErasingNoise } from "./random_erasing.ts";
import type { NewViews, StrongViews } from "./view_plan.ts";

/** How views are made. A field that is named after an operation is its probability. */
export type CropsConfig = {
  /** Side of the large views in pixels, and the part of the image's area that they show. */
  globalSize: number;
  globalScale: [number, number];
  /** Side of the small views in pixels, and the part of the image's area that they show. */
  localSize: number;
  localScale: [number, number];
  /** Number of small views of an image. */
  localCrops: number;
  flip: number;
  jitter: number;
  /** Greatest change of brightness, contrast, saturation and hue. */
  jitterStrength: [number, number, number, number];
  grayscale: number;
  /** Blur of the small views. */
  blur: number;
  /** Blur of the two large views; by default that of the small ones. */
  globalBlur?: [number, number];
  /** Solarization of the second large view; no other view is solarized. */
  solarize: number;
  /**
   * Whether the student gets the teacher's two large views instead of two of its own (Mugs'
   * `vanilla_weak_augmentation`), which halves the cost of making them; `false` by default. Small
   * views may still be strongly augmented.
   */
  sharedCrops?: boolean;
  /**
   * Probability that the student's two large views are strongly augmented, both together, and that
   * each small view is, by itself; 0 by default.
   */
  strongShare?: number;
  /** Mean magnitude (of 10) and deviation of RandAugment in strong views; 9 and 0.5 by default. */
  randAugment?: [number, number];
  /** Probability that a part of a strongly augmented view is erased; 0.25 by default. */
  erasing?: number;
  /** Where the noise that replaces it is normal; `input` by default. */
  erasingNoise?: ErasingNoise;
};

/**
 * Two large views as DINO makes them: the second one may be solarized.
 *
 * Source: DINO's `DataAugmentationDINO`, which Mugs follows.
 */
export function largeViews(config: CropsConfig): Pick<NewViews, "size" | "views"> {
  const { globalBlur: [first, second] = [config.blur, config.blur], solarize } = config;
  const view = { ...weakOperations(config), scale: config.globalScale };
  return {
    size: config.globalSize,
    views: [{ ...view, blur: first, solarize: 0 }, { ...view, blur: second, solarize }],
  };
}

/** The small views, all made alike. */
export function smallViews(config: CropsConfig): Pick<NewViews, "size" | "views"> {
  const { blur, localScale: scale, localCrops, localSize: size } = config;
  const view = { ...weakOperations(config), scale, blur, solarize: 0 };
  return { size, views: Array.from({ length: localCrops }, () => view) };
}

/** When and how views are strongly augmented; `undefined` where none are. */
export function strongViews(config: CropsConfig): StrongViews | undefined {
  const { strongShare: share = 0, randAugment: [magnitude, deviation] = [9, 0.5] } = config;
  if (share === 0) return undefined;
  const { erasing = 0.25, erasingNoise: noise } = config;
  return { share, magnitude, deviation, erasing, noise };
}

function weakOperations({ flip, jitter, jitterStrength, grayscale }: CropsConfig) {
  return { flip, jitter, jitterStrength, grayscale };
}
