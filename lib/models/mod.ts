/**
 * Vision transformers: sizes as data, parameters as a tree, the forward pass as functions.
 *
 * @module
 */
export { classAttention } from "./vit/class_attention.ts";
export { type Architecture, architectures, checkVit, type VitConfig } from "./vit/config.ts";
export { initVit } from "./vit/init.ts";
export { patches, type PatchProjection } from "./vit/patches.ts";
export {
  type Block,
  block,
  classTokens,
  embed,
  encode,
  type Forward,
  imageFeatures,
  intermediateLayers,
  lastAttention,
  layers,
  memoryQuery,
  normTokens,
  patchMean,
  prepareTokens,
  type Recompute,
  relate,
  type Tokens,
  type Vit,
} from "./vit/vit.ts";
