/**
 * TensorFlow's C library for TensorFlow.js over Deno FFI: the backend `tensorflow`, whose kernels
 * and gradients are those of tfjs-node. The only room with pointers.
 *
 * @module
 */
export type { Abilities } from "./abilities.ts";
export { startTensorFlow } from "./backend.ts";
export type { CompilerReports, TensorFlowBackend } from "./backend_type.ts";
export type { Binding, Metadata, Transfers } from "./binding.ts";
export type { RuntimeConfig } from "./config_proto.ts";
export { checkGpu, type GpuCheckOptions } from "./check_gpu.ts";
export { type Device, parseDevice } from "./device.ts";
export type { Graph } from "./graph.ts";
export type { GraphNode, GraphValue } from "./graph_value.ts";
export type { NodeTime } from "./session.ts";
export type { Executor, Precision, Recorded, TracedFunction, TraceOptions } from "./trace.ts";
export { holdsLibrary } from "./fetch.ts";
export { type Download, findPip, type Pip } from "./pip.ts";
export { networkOptions, pipEnvironment, pipOptions } from "./pip_options.ts";
export { load } from "./load.ts";
export { LostProcess } from "./lost_process.ts";
export { endWithParent, freePorts } from "./system.ts";
export type { ClusterSpec } from "./server_def.ts";
export {
  install,
  type Installed,
  type InstallOptions,
  locateLibrary,
  userCache,
} from "./install.ts";
export {
  bundles,
  driverTooOld,
  findGpu,
  type Gpu,
  type Machine,
  type Probe,
  thisMachine,
} from "./machine.ts";
export type { Wheel, WheelBundle } from "./wheels.ts";
