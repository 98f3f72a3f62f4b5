import type { ClusterSpec } from "./server_def.ts";

/**
 * What runs operations: the processor, or an NVIDIA GPU by its number among the visible ones.
 * `cpu:1` is the processor with a memory of its own for what is on the device: it stands in for a
 * GPU in tests.
 */
export type Device = "cpu" | "cpu:1" | `gpu:${number}`;

/**
 * A device by its name: `cpu`, `gpu:N`, or `gpu` for the first GPU.
 *
 * @throws {RangeError} For another name.
 */
export function parseDevice(name: string): Device {
  if (name === "cpu" || name === "cpu:1") return name;
  const [matched, number = "0"] = /^gpu(?::(\d+))?$/.exec(name) ?? [];
  if (matched) return `gpu:${Number(number)}`;
  throw new RangeError(`Cannot use the device ${name}: it is cpu, gpu, or gpu:N`);
}

/** The number of a GPU among the visible ones; undefined for the processor. */
export function gpuNumber(device: Device): number | undefined {
  return device.startsWith("gpu:") ? Number(device.slice("gpu:".length)) : undefined;
}

/**
 * TensorFlow's name of a device with a memory of its own; `null` for the processor.
 *
 * @param cluster The processes of which the device is one's, if there are several.
 */
export function deviceName(device: Device, cluster?: Pick<ClusterSpec, "index">): string | null {
  if (device === "cpu") return null;
  const process = cluster ? `worker/replica:0/task:${cluster.index}` : "localhost/replica:0/task:0";
  // The context shows one GPU, whichever it is.
  return `/job:${process}/device:${device === "cpu:1" ? "CPU:1" : "GPU:0"}`;
}
