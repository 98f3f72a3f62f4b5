/**
 * Backbones: sizes as data, parameters as a tree, the forward pass as functions, and the
 * {@linkcode Encoder} that a protocol sees of them.
 *
 * @module
 */
export {
  type Backbone,
  backboneShapes,
  type BackboneSizes,
  encoderOf,
  type EncoderOptions,
  featureWidth,
  initBackbone,
  isVit,
  untrained,
} from "./backbone.ts";
export type { Encoder, LastBlocks } from "./encoder.ts";
export { type BackboneDescription, describeBackbone } from "./describe_backbone.ts";
export { type BackboneOptions, findBackbone, type LocatedBackbone } from "./find_backbone.ts";
export {
  loadEncoder,
  type LoadOptions,
  loadVit,
  readBackbone,
  type StoredBackbone,
  toParams,
} from "./load_backbone.ts";
export type { LocatedTensors } from "./locate.ts";
export { bareName } from "./names.ts";
export { parameterCount } from "./shapes.ts";

export { type Block, block, type Tokens } from "./vit/block.ts";
export {
  type Architecture,
  architectures,
  checkVit,
  type VitConfig,
  type VitSizes,
} from "./vit/config.ts";
export { embedPatches, type PatchProjection } from "./vit/embed_patches.ts";
export { type VitEncoder, vitEncoder, type VitEncoderOptions } from "./vit/encoder.ts";
export {
  blockMaps,
  type BlockMapsOptions,
  classTokens,
  imageFeatures,
  intermediateLayers,
  lastBlocks,
  memoryQuery,
  normTokens,
  patchFeatures,
  patchMean,
} from "./vit/features.ts";
export { findVit, type LocatedVit } from "./vit/find.ts";
export { initVit } from "./vit/init.ts";
export { classAttention, lastAttention } from "./vit/last_attention.ts";
export { relate } from "./vit/relate.ts";
export { vitShapes } from "./vit/shapes.ts";
export {
  encodeTokens,
  type Forward,
  layers,
  prepareTokens,
  type Recompute,
  tokensBefore,
  type Vit,
} from "./vit/vit.ts";
export {
  checkResnet,
  type ResnetName,
  resnets,
  type ResnetSizes,
  type ResnetTraits,
  resnetWidth,
  type Stages,
} from "./resnet/sizes.ts";
export { type ResnetEncoder, resnetEncoder, type ResnetEncoderOptions } from "./resnet/encoder.ts";
export { findResnet, type LocatedResnet } from "./resnet/find.ts";
export { initResnet, type InitResnetOptions } from "./resnet/init.ts";
export {
  type ResidualBlock,
  type Resnet,
  type ResnetBuffers,
  resnetFeatures,
  resnetStages,
  trainResnetFeatures,
  trainResnetStages,
  withBuffers,
} from "./resnet/resnet.ts";
export { resnetShapes } from "./resnet/shapes.ts";
