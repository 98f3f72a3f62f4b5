/** What runs operations: the processor, or an NVIDIA GPU by its number among the visible ones. */
export type Device = "cpu" | `gpu:${number}`;

/**
 * A device by its name: `cpu`, `gpu:N`, or `gpu` for the first GPU.
 *
 * @throws {RangeError} For another name.
 */
export function parseDevice(name: string): Device {
  if (name === "cpu") return name;
  const [matched, number = "0"] = /^gpu(?::(\d+))?$/.exec(name) ?? [];
  if (matched) return `gpu:${Number(number)}`;
  throw new RangeError(`Cannot use the device ${name}: it is cpu, gpu, or gpu:N`);
}

/** The number of a GPU among the visible ones; undefined for the processor. */
export function gpuNumber(device: Device): number | undefined {
  return device === "cpu" ? undefined : Number(device.slice("gpu:".length));
}
