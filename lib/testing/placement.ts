import { type Attribute, attributeTypes } from "../tensorflow/attribute.ts";
import { dtypeName } from "../tensorflow/dtype.ts";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";
import { messageFields, messages, textOf } from "../tensorflow/protobuf.ts";
import { gpuKernels } from "./gpu_kernels.ts";

/** An operation with the names of the element types that its attributes have. */
export type TypedOperation = { kind: string; types: Record<string, string> };

/** The operations that run eagerly during `f`, and those of all functions that are traced. */
export async function recordOperations(
  backend: TensorFlowBackend,
  f: () => void | Promise<void>,
): Promise<TypedOperation[]> {
  const operations: TypedOperation[] = [];
  const { binding } = backend;
  const { executeOp, trace } = binding;
  binding.executeOp = (kind, attributes, ...rest) => {
    if (!binding.tracing) operations.push({ kind, types: attributesTypes(attributes) });
    return executeOp.call(binding, kind, attributes, ...rest);
  };
  binding.trace = (...call) => {
    const traced = trace.apply(binding, call);
    operations.push(...graphOperations(traced.recorded.graph.graphDef()));
    return traced;
  };
  try {
    await f();
  } finally {
    Object.assign(binding, { executeOp, trace });
  }
  return operations;
}

/** The operations among these that no GPU runs, as `Name(attribute=type)`. */
export function withoutGpu(operations: readonly TypedOperation[]): string[] {
  const missing = operations.filter(({ kind, types }) =>
    !gpuKernels(kind).some((kernel) => fits(types, kernel.types))
  );
  const names = missing.map(({ kind, types }) =>
    `${kind}(${Object.entries(types).map(([attribute, type]) => `${attribute}=${type}`)})`
  );
  return [...new Set(names)].sort();
}

/** Whether a kernel is for these types; an attribute that is not stated is of the inputs' type. */
function fits(types: Record<string, string>, allowed: Record<string, string[]>): boolean {
  return Object.entries(allowed)
    .every(([attribute, names]) => !types[attribute] || names.includes(types[attribute]));
}

/** The operations of a serialized `GraphDef` (graph.proto, node_def.proto, attr_value.proto). */
function graphOperations(graphDef: Uint8Array): TypedOperation[] {
  return messages(graphDef, 1).map((node) => {
    const types = messages(node, 5).flatMap((entry) => {
      const [value = new Uint8Array()] = messages(entry, 2);
      return messageFields(value).filter(([number]) => number === 6)
        .map(([, type]) => [text(entry, 1), dtypeName(type as number)]);
    });
    return { kind: text(node, 2), types: Object.fromEntries(types) };
  });
}

function attributesTypes(attributes: readonly Attribute[]): Record<string, string> {
  const types = attributes.filter(({ type }) => type === attributeTypes.type);
  return Object.fromEntries(types.map(({ name, value }) => [name, dtypeName(value as number)]));
}

function text(message: Uint8Array, field: number): string {
  const [content = new Uint8Array()] = messages(message, field);
  return textOf(content);
}
