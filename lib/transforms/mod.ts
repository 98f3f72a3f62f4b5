/**
 * Augmentations of images in memory, one a file: {@linkcode makeViews} carries out the plan of the
 * views that training sees, and {@linkcode evalCrop} makes the one that is evaluated. Operations on
 * single pixels work in place.
 *
 * @module
 */
export { affine, type Matrix, type MoveOptions } from "./affine.ts";
export { autoContrast } from "./auto_contrast.ts";
export {
  type Adjustment,
  brightness,
  colorJitter,
  contrast,
  type JitterStrength,
  saturation,
} from "./color_jitter.ts";
export { croppedView, type CroppedViewOptions, paddedCrop } from "./cropped_view.ts";
export { cutmix, cutRegion, shareLeft, type Size } from "./cutmix.ts";
export { equalize } from "./equalize.ts";
export { evalCrop, type EvalCropOptions } from "./eval_crop.ts";
export { flip } from "./flip.ts";
export {
  addBrightness,
  grayFloat,
  scaleBrightness,
  scaleContrast,
  scaleSaturation,
  solarizeFloat,
  turnHue,
} from "./float_color.ts";
export { clipFractions, type FloatImage, fromFractions, toFractions } from "./float_image.ts";
export { resizeFloat, type ResizeFloatOptions } from "./float_resize.ts";
export { gaussianBlur } from "./gaussian_blur.ts";
export { gaussianFilter, type GaussianFilterOptions } from "./gaussian_filter.ts";
export { grayscale, luma } from "./grayscale.ts";
export { hue } from "./hue.ts";
export { invert } from "./invert.ts";
export { jigsaw, type JigsawOptions } from "./jigsaw.ts";
export { drawMix, type Mix, mixBatch, mixedTargets, type MixOptions } from "./mix_batch.ts";
export { type ImageStack, mixup } from "./mixup.ts";
export { makeViews, type Views } from "./make_views.ts";
export { type CropsConfig, largeViews, smallViews, strongViews } from "./multi_crop.ts";
export { imagenetDeviation, imagenetMean, normalizePixels } from "./normalize_pixels.ts";
export {
  changePhotometrically,
  drawPhotometricChange,
  type PhotometricChange,
} from "./photometric_change.ts";
export {
  PHOTOMETRIC_NUMBERS,
  photometricNumbers,
  photometricPlaces,
} from "./photometric_numbers.ts";
export { posterize } from "./posterize.ts";
export {
  type DrawnOperation,
  drawOperations,
  type FirstName,
  type IncreasingName,
  type MoveName,
  type Operation,
  operationLists,
  type OperationName,
  type OriginalName,
  randAugment,
  type RandAugmentOptions,
} from "./rand_augment.ts";
export {
  erase,
  type Erased,
  type ErasedPixels,
  erasedPixels,
  type ErasingNoise,
  randomErased,
} from "./random_erasing.ts";
export {
  centralRegion,
  type CropOptions,
  cropSize,
  fits,
  randomRegion,
  randomResizedCrop,
} from "./random_resized_crop.ts";
export { rotate } from "./rotate.ts";
export { sharpness } from "./sharpness.ts";
export { shearX, shearY } from "./shear.ts";
export { solarize } from "./solarize.ts";
export { solarizeAdd } from "./solarize_add.ts";
export { strongView, type StrongViewOptions, type View } from "./strong_view.ts";
export { sufficientSize } from "./sufficient_size.ts";
export { translateX, translateY } from "./translate.ts";
export {
  countViews,
  type JigsawViews,
  type MaskedViews,
  type NewViews,
  type SameViews,
  type StrongViews,
  type ViewGroup,
  type ViewPlan,
  withoutChanges,
} from "./view_plan.ts";
export { type ViewOptions, weakView } from "./weak_view.ts";
export { type MaskDraws, type MaskPlan, type PatchMask, patchMask } from "./patch_mask.ts";
export type { LazyImage } from "./lazy_image.ts";
export { chooseCorner, type Corner, type CropRule, drawCorners } from "./label_crop.ts";
export {
  cropLabeled,
  fittingSize,
  flipLabeled,
  type LabeledImage,
  padLabeled,
  type PadOptions,
  type PixelSize,
  resizeLabeled,
} from "./labeled_image.ts";
export { cropObjects, flipObjects, type ObjectImage, resizeObjects } from "./object_image.ts";
export { objectView, type ObjectViewPlan } from "./object_view.ts";
export { labeledView, type LabeledViewPlan } from "./labeled_view.ts";
export {
  distortPhotometrically,
  drawPhotometricDistortion,
  type PhotometricDistortion,
} from "./photometric_distortion.ts";
