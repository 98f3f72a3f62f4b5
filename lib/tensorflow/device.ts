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

/** TensorFlow's name of a device with a memory of its own; `null` for the processor. */
export function deviceName(device: Device): string | null {
  if (device === "cpu") return null;
  // The context shows one GPU, whichever it is.
  return `/job:localhost/replica:0/task:0/device:${device === "cpu:1" ? "CPU:1" : "GPU:0"}`;
}
