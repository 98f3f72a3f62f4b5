/**
 * Compiles TensorFlow.js code to one TensorFlow function, and chooses the backend.
 *
 * @module
 */
export {
  type Backend,
  type BackendOptions,
  backends,
  type Chosen,
  currentBackend,
  ensureBackend,
  noteSlowBackend,
  switchBackend,
  use,
  useFastest,
} from "./backend.ts";
export type { Executor, Precision } from "../tensorflow/mod.ts";
export { gpuMemory } from "./gpu_memory.ts";
export { computesOnGpu, type DeviceFacts, fastPrecision } from "./precision.ts";
export { type Agreement, agreement, processesOf } from "./processes.ts";
export { recompute } from "./recompute.ts";
export { tidy } from "./tidy.ts";
export {
  explain,
  type Explanation,
  type KindTime,
  type Profile,
  type TensorType,
} from "./explain.ts";
export {
  compile,
  type Compiled,
  type CompileOptions,
  hasDeviceMemory,
  type Trace,
} from "./compile.ts";
