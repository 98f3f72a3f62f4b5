/**
 * Named tensors in files: safetensors, the training state in them, and the backbones of checkpoints.
 *
 * @module
 */
export {
  type BackboneOptions,
  findBackbone,
  shapes,
  type Sizes,
  type StoredBackbone,
} from "./backbone.ts";
export type { Dtype, Values } from "./dtype.ts";
export { type Backbone, loadBackbone } from "./load_backbone.ts";
export { parse, read, type Safetensors, type Stored, write } from "./safetensors.ts";
export { type Checkpoint, formatVersion, open, restore, save } from "./state.ts";
export { fromTensors, toTensors } from "./tensors.ts";
