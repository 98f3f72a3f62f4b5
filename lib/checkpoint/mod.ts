/**
 * Named tensors in files: safetensors and PyTorch's, and the training state in them.
 *
 * @module
 */
export type { Dtype, TensorValues } from "./dtype.ts";
export { openTensors, type TensorFile } from "./open_tensors.ts";
export { type PyTorch, readPyTorch } from "./pytorch.ts";
export { quoteNames } from "./quote_names.ts";
export {
  type Located,
  parseSafetensors,
  type Pending,
  readSafetensors,
  readTensors,
  type Safetensors,
  type Stored,
  writeSafetensors,
} from "./safetensors.ts";
export {
  type Checkpoint,
  checkpointVersion,
  openCheckpoint,
  restoreCheckpoint,
  saveCheckpoint,
} from "./state.ts";
export { TensorView } from "./tensor_view.ts";
export { fromTensors, toTensors } from "./tensors.ts";
