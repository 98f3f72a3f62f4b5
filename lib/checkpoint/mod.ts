/**
 * Named tensors in files: safetensors and PyTorch's, the training state in them, and the backbones of checkpoints.
 *
 * @module
 */
export { type BackboneOptions, findBackbone, type LocatedBackbone } from "./backbone.ts";
export type { Dtype, Values } from "./dtype.ts";
export { type Backbone, loadBackbone, readBackbone, type StoredBackbone } from "./load_backbone.ts";
export { names } from "./names.ts";
export { openTensors, type TensorFile } from "./open_tensors.ts";
export { type PyTorch, readPyTorch } from "./pytorch.ts";
export {
  type Located,
  parse,
  type Pending,
  read,
  readAll,
  type Safetensors,
  type Stored,
  write,
} from "./safetensors.ts";
export { shapes, type Sizes } from "./sizes.ts";
export { type Checkpoint, formatVersion, open, restore, save } from "./state.ts";
export { fromTensors, toTensors } from "./tensors.ts";
export { View } from "./view.ts";
