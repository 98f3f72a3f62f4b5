import { bufferAt, cString, type Library } from "./library.ts";
import { messageFields, messages, textOf } from "./protobuf.ts";

/** An implementation of an operation that the library registers. */
export type RegisteredKernel = {
  /** The kind of device, such as `CPU`, `GPU` or `XLA_GPU_JIT`. */
  device: string;
  /** TensorFlow's numbers of the element types that an attribute may have, such as `T`. */
  types: Record<string, number[]>;
  /** The arguments that stay in the host's memory. */
  hostArguments: string[];
};

/**
 * The implementations of an operation in the library, those for devices that this machine lacks
 * included: the library for NVIDIA GPUs tells them without a GPU.
 *
 * Source: kernel_def.proto (`KernelList`, `KernelDef`), attr_value.proto.
 */
export function registeredKernels(library: Library, operation: string): RegisteredKernel[] {
  const { c, status } = library;
  const buffer = c.TF_GetRegisteredKernelsForOp(cString(operation), status);
  try {
    library.check(() => `Cannot list the kernels of ${operation}`);
    return messages(bufferAt(buffer), 1).map(kernelOf);
  } finally {
    c.TF_DeleteBuffer(buffer);
  }
}

function kernelOf(kernelDef: Uint8Array): RegisteredKernel {
  const types: Record<string, number[]> = {};
  for (const constraint of messages(kernelDef, 3)) {
    const [name = new Uint8Array()] = messages(constraint, 1);
    const allowed = allowedTypes(constraint);
    if (allowed.length) types[textOf(name)] = allowed; // others are about texts
  }
  const [device = new Uint8Array()] = messages(kernelDef, 2);
  return {
    device: textOf(device),
    types,
    hostArguments: messages(kernelDef, 4).map(textOf),
  };
}

/** The types in the `allowed_values` of an `AttrConstraint`: a list, packed or not. */
function allowedTypes(constraint: Uint8Array): number[] {
  const lists = messages(constraint, 2).flatMap((value) => messages(value, 1));
  return lists.flatMap(messageFields).filter(([number]) => number === 6)
    .flatMap(([, content]) => typeof content === "number" ? [content] : [...content]);
}
