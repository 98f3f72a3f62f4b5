import { dtypes } from "../tensorflow/dtype.ts";
import { gpuKernelTable } from "./gpu_kernel_table.ts";
import type { RegisteredKernel } from "../tensorflow/registered_kernels.ts";

/** Implementations of an operation on a GPU, one for every combination of these types. */
export type GpuKernel = {
  /** The names of the types that an attribute may have, such as `T`. */
  types: Record<string, string[]>;
  /** The arguments that stay in the host's memory. */
  hostArguments: string[];
};

/**
 * The implementations of an operation on NVIDIA GPUs, as far as their types are used here; empty if
 * it runs on the processor alone.
 *
 * @throws {RangeError} For an operation that {@linkcode gpuKernelTable} does not list.
 */
export function gpuKernels(operation: string): GpuKernel[] {
  const lines = gpuKernelTable[operation];
  if (lines) return lines.map(parseKernel);
  throw new RangeError(
    `Cannot tell whether a GPU runs ${operation}: lib/testing/gpu_kernel_table.ts does not list it`,
  );
}

/** The lines of the table for the kernels that a library registers. */
export function tableLines(registered: readonly RegisteredKernel[]): string[] {
  const onGpu = registered.filter(({ device }) => device === "GPU" || device === "DEFAULT");
  const kernels = onGpu.flatMap((kernel) => {
    const types = Object.entries(kernel.types).map(([attribute, numbers]) =>
      [attribute, numbers.flatMap((number) => names.get(number) ?? [])] as const
    );
    if (types.some(([, names]) => names.length === 0)) return [];
    return [{ types: Object.fromEntries(types), hostArguments: kernel.hostArguments }];
  });
  return [...new Set(merge(kernels).map(formatKernel))].sort();
}

/** The names of the types that the table lists, by their numbers. */
const names = new Map<number, string>(
  (["float32", "int32", "uint8", "int64", "bool", "bfloat16"] as const)
    .map((name) => [dtypes[name], name]),
);

/** Joins kernels that differ in the types of one attribute. */
function merge(kernels: readonly GpuKernel[]): GpuKernel[] {
  const attributes = [...new Set(kernels.flatMap(({ types }) => Object.keys(types)))].sort();
  return attributes.reduce((merged: readonly GpuKernel[], attribute) => {
    const others = ({ types, hostArguments }: GpuKernel) =>
      formatKernel({ types: { ...types, [attribute]: [] }, hostArguments });
    return [...Map.groupBy(merged, others).values()].map((group) => {
      const [{ types, hostArguments }] = group as [GpuKernel, ...GpuKernel[]];
      if (!types[attribute]) return { types, hostArguments };
      const joined = group.flatMap(({ types }) => types[attribute] ?? []);
      return { types: { ...types, [attribute]: [...new Set(joined)].sort() }, hostArguments };
    });
  }, kernels).slice();
}

function formatKernel({ types, hostArguments }: GpuKernel): string {
  const attributes = Object.entries(types).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([attribute, names]) => `${attribute}=${names.join(",")}`);
  const host = hostArguments.length ? [`host=${hostArguments.toSorted().join(",")}`] : [];
  return [...attributes, ...host].join(" ");
}

function parseKernel(line: string): GpuKernel {
  const parts = line.split(" ").filter(Boolean).map((part) => {
    const [name = "", values = ""] = part.split("=");
    return [name, values.split(",")] as const;
  });
  const { host = [], ...types } = Object.fromEntries(parts);
  return { types, hostArguments: host };
}
