import type { ClassifierImageConfig } from "../../configs/mod.ts";
import type { ViewPlan } from "../../transforms/mod.ts";

/** Side in pixels up to which images are not resized, as those of CIFAR in timm. */
const SMALL = 32;

/** Pixels of black around an image that is not resized. */
const PADDING = 4;

/** The name of the one group of views. */
export const VIEWS = "images";

type ImageConfig = Omit<ClassifierImageConfig, "imageSize"> & { imageSize: number };

/**
 * How images are shown in training, which is timm's `create_transform` with RandAugment: of images
 * up to 32 pixels that have the size of the network already, a padded crop is taken instead of a
 * resized one.
 */
export function classifierViews(
  { imageSize, cropScale, flip, randAugment: [magnitude, deviation], erasing }: ImageConfig,
): ViewPlan {
  const views = [{
    ...{ scale: cropScale, flip, jitter: 0, jitterStrength: [0, 0, 0, 0] as const },
    ...{ grayscale: 0, blur: 0, solarize: 0 },
  }];
  return [{
    name: VIEWS,
    size: imageSize,
    views,
    strong: {
      ...{ share: 1, magnitude, deviation, repeat: true, filter: "bicubic", erasing },
      ...{ noise: "input", cropFirst: true, padding: imageSize <= SMALL ? PADDING : 0 },
    },
  }];
}

/** How images are shown when they are scored; small ones as a whole. */
export function classifierEvalView({ imageSize, evalCrop, evalFilter }: ImageConfig): {
  size: number;
  evalCrop: "center" | "whole";
  filter: "bilinear" | "bicubic";
} {
  return {
    size: imageSize,
    evalCrop: imageSize <= SMALL ? "whole" : evalCrop,
    filter: evalFilter,
  };
}
