import { type Device, gpuNumber } from "./device.ts";
import { field, message, text, varint } from "./protobuf.ts";
import type { ClusterSpec } from "./server_def.ts";
import type { Executor } from "./trace.ts";

/** Settings of TensorFlow's runtime. */
export type RuntimeConfig = {
  /** Threads that one operation may use; 0 lets TensorFlow choose (all cores). */
  intraOpThreads?: number;
  /** Operations that may run at the same time; 0 lets TensorFlow choose. */
  interOpThreads?: number;
  /** What runs operations. */
  device?: Device;
  /**
   * What runs compiled functions, unless they say otherwise; by default XLA on a GPU, and the graph
   * executor on a processor.
   */
  compiler?: Executor;
  /**
   * Whether every operation has to give the same bits for the same inputs, as those of processors
   * do anyway; by default it does not.
   */
  deterministic?: boolean;
  /** The processes with which this one computes; by default it is alone. */
  cluster?: ClusterSpec;
};

/**
 * A serialized `ConfigProto` (tensorflow/core/protobuf/config.proto). By default the device is the
 * processor: GPUs are then hidden, and CUDA is not touched.
 */
export function configProto(
  { intraOpThreads = 0, interOpThreads = 0, device = "cpu" }: RuntimeConfig = {},
): Uint8Array<ArrayBuffer> {
  const gpu = gpuNumber(device);
  return new Uint8Array([
    ...gpu === undefined ? deviceCount("GPU", 0) : [],
    ...device === "cpu:1" ? deviceCount("CPU", 2) : [],
    ...field(2, varint(intraOpThreads)), // intra_op_parallelism_threads
    ...field(5, varint(interOpThreads)), // inter_op_parallelism_threads
    ...message(6, [ // gpu_options
      ...field(4, [1]), // allow_growth
      ...gpu === undefined ? [] : text(5, String(gpu)), // visible_device_list
    ]),
    ...device === "cpu" ? [] : field(7, [1]), // allow_soft_placement
  ]);
}

/** An entry of `device_count`. */
function deviceCount(kind: string, count: number): number[] {
  return message(1, [...text(1, kind), ...field(2, varint(count))]);
}
