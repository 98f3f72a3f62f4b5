/**
 * Recipes as frozen data: the fields and presets of every method, without a tensor.
 *
 * @module
 */
export { type Allowance, allowances } from "./allowance.ts";
export {
  checkFields,
  checkOptions,
  checkValue,
  fits,
  type OptionField,
  takes,
} from "./check_fields.ts";
export type {
  ClassifierConfig,
  ClassifierImageConfig,
  ClassifierNetworkConfig,
  ClassifierOptimConfig,
  ClassifierProtocol,
  ClassifierRunConfig,
} from "./classifier/config.ts";
export { classifierFields } from "./classifier/fields.ts";
export { classifierPresets, configureClassifier } from "./classifier/presets.ts";
export type {
  BackboneConfig,
  Config,
  EvalConfig,
  ReadConfig,
  RunConfig,
  TeacherConfig,
  TemperatureConfig,
  WarmupConfig,
} from "./config.ts";
export type {
  DeepclusterV2Config,
  DeepclusterV2HeadConfig,
  DeepclusterV2ObjectiveConfig,
} from "./deepcluster_v2/config.ts";
export type {
  DetectionBoxConfig,
  DetectionConfig,
  DetectionImageConfig,
  DetectionNetworkConfig,
  DetectionOptimConfig,
  DetectionRunConfig,
} from "./detection/config.ts";
export { detectionFields } from "./detection/fields.ts";
export { configureDetection, detectionPresets } from "./detection/presets.ts";
export type { DinoConfig, DinoHeadConfig, DinoObjectiveConfig } from "./dino/config.ts";
export type { Field, Fields } from "./field.ts";
export type {
  IbotConfig,
  IbotHeadConfig,
  IbotMaskConfig,
  IbotObjectiveConfig,
} from "./ibot/config.ts";
export type { MocoV3Config, MocoV3HeadConfig, MocoV3ObjectiveConfig } from "./moco_v3/config.ts";
export type { MugsConfig, ObjectiveConfig } from "./mugs/config.ts";
export { cifar } from "./mugs/cifar.ts";
export { imagenet100 } from "./mugs/imagenet100.ts";
export { imagenette } from "./mugs/imagenette.ts";
export type {
  SegmentationConfig,
  SegmentationImageConfig,
  SegmentationNetworkConfig,
  SegmentationOptimConfig,
  SegmentationRunConfig,
} from "./segmentation/config.ts";
export { segmentationFields } from "./segmentation/fields.ts";
export {
  configureSegmentation,
  segmentationPreset,
  segmentationPresets,
} from "./segmentation/presets.ts";
export type { SimsiamConfig, SimsiamHeadConfig, SimsiamObjectiveConfig } from "./simsiam/config.ts";
export type { SwavConfig, SwavHeadConfig, SwavObjectiveConfig } from "./swav/config.ts";
export type { ByolConfig, ByolHeadConfig } from "./byol/config.ts";
export type { SimclrConfig, SimclrHeadConfig } from "./simclr/config.ts";
export type {
  InfoMinConfig,
  InfoMinObjectiveConfig,
  InfoMinViewsConfig,
} from "./info_min/config.ts";
export { tiny } from "./mugs/tiny.ts";
export { vitBase400 } from "./mugs/vit_base.ts";
export { vitLarge250 } from "./mugs/vit_large.ts";
export { vitSmall100, vitSmall300, vitSmall800 } from "./mugs/vit_small.ts";
export { minutesOf, onlyOne } from "./only_one.ts";
export type { Heading, Recipe, Rule } from "./recipe.ts";
export { requestFields } from "./request_fields.ts";
export { suggest } from "./suggest.ts";
export {
  type All,
  checkConfig,
  checkWholeConfig,
  type ConfigOf,
  defaultMethod,
  fieldsOf,
  type MethodName,
  presetsOf,
  type RecipeFields,
  recipeOf,
  recipes,
  restoreConfig,
} from "./recipes.ts";
export type { LinearConfig, LinearSettings } from "./linear/config.ts";
export { linearFields } from "./linear/fields.ts";
export { gridDecays, gridRates, linearPresets } from "./linear/presets.ts";
export { videoFields } from "./video_fields.ts";
