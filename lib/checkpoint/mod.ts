/**
 * Named tensors in files: safetensors, PyTorch's, pickles of JAX and TensorFlow's checkpoints, and
 * the training state in them; a matrix as NumPy's.
 *
 * @module
 */
export { pickleParts } from "./collect_tensors.ts";
export { type Dtype, isDtype, type StoredValues } from "./dtype.ts";
export { type PickleOptions, readPickle } from "./read_pickle.ts";
export type { Global } from "./pickle_machine.ts";
export { openTensors, type TensorFile } from "./open_tensors.ts";
export { type PyTorch, readPyTorch } from "./pytorch.ts";
export { quoteName, quoteNames } from "./quote_names.ts";
export { parseSafetensors, readSafetensors, type Safetensors } from "./safetensors.ts";
export {
  type Checkpoint,
  checkpointVersion,
  isCheckpoint,
  openCheckpoint,
  restoreNamed,
  saveTree,
} from "./state.ts";
export { type Located, type Pending, readTensor, readTensors, type Stored } from "./stored.ts";
export { TensorView } from "./tensor_view.ts";
export { fromTensors, toTensors } from "./tensors.ts";
export { replaceFile, writeAll } from "./replace_file.ts";
export { writeNpy } from "./write_npy.ts";
export { writeSafetensors } from "./write_safetensors.ts";
