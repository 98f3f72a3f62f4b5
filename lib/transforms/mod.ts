/**
 * Augmentations of pictures in memory, one a file; {@linkcode multiCrop} composes the views that Mugs trains on and
 * {@linkcode evalCrop} makes the one that is evaluated. Operations on single pixels work in place.
 *
 * @module
 */
export {
  brightness,
  colorJitter,
  contrast,
  type JitterStrength,
  saturation,
} from "./color_jitter.ts";
export { evalCrop, type EvalCropOptions } from "./eval_crop.ts";
export { flip } from "./flip.ts";
export { gaussianBlur } from "./gaussian_blur.ts";
export { grayscale, luma } from "./grayscale.ts";
export { hue } from "./hue.ts";
export { type CropsConfig, multiCrop, type Views } from "./multi_crop.ts";
export { deviation, mean, normalize } from "./normalize.ts";
export {
  centralRegion,
  type CropOptions,
  cropSize,
  fits,
  randomRegion,
  randomResizedCrop,
} from "./random_resized_crop.ts";
export { solarize } from "./solarize.ts";
export { type ViewOptions, weakView } from "./weak_view.ts";
