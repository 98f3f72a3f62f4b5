/**
 * Named tensors in files: safetensors, and the training state in them.
 *
 * @module
 */
export type { Dtype, Values } from "./dtype.ts";
export { parse, read, type Safetensors, type Stored, write } from "./safetensors.ts";
