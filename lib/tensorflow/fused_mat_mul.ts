import { attribute } from "./attribute.ts";
import type { Binding, Metadata } from "./binding.ts";
import { dtypes } from "./dtype.ts";

const { float32 } = dtypes;

/** What may follow a product within one operation, as TensorFlow calls it. */
export type Follower = "BiasAdd" | "GeluExact";

/** x weightᵀ of rows, and what follows it, in one operation. */
export function fusedMatMul(
  binding: Binding,
  inputs: number[],
  { type, followers }: { type: number; followers: Follower[] },
): Metadata {
  return binding.executeSingle("_FusedMatMul", [
    attribute.type("T", type),
    attribute.bool("transpose_a", false),
    attribute.bool("transpose_b", true),
    attribute.int("num_args", 1),
    attribute.strings("fused_ops", followers),
  ], inputs);
}

/**
 * Whether a graph may hold GELU within a matrix product of this element type, which is tried out:
 * of TensorFlow's kernels for processors only oneDNN's have it, and for bfloat16 only on processors
 * with instructions for it.
 */
export function fusesGeluIn(binding: Binding, type: number): boolean {
  const shapes = [[1, 1], [1, 1], [1]];
  const inputs = shapes.map((shape) => binding.createTensor(shape, float32, new Float32Array(1)));
  const traced = binding.trace(
    `gelu_in_product_${type}`,
    shapes.map((shape) => ({ shape, dtype: float32 })),
    (parameters) => {
      const typed = parameters.map(({ id }) => cast(binding, id, [float32, type]).id);
      const { id } = fusedMatMul(binding, typed, { type, followers: ["BiasAdd", "GeluExact"] });
      return [cast(binding, id, [type, float32]).id];
    },
  );
  try {
    for (const { id } of binding.call(traced, inputs, "graph")) binding.deleteTensor(id);
    return true;
  } catch {
    return false; // it is refused when the function runs, not when it is made
  } finally {
    binding.remove(traced);
    for (const id of inputs) binding.deleteTensor(id);
  }
}

/** The same numbers in another element type. */
export function cast(binding: Binding, id: number, [from, to]: [number, number]): Metadata {
  return binding.executeSingle("Cast", [
    attribute.type("SrcT", from),
    attribute.type("DstT", to),
    attribute.bool("Truncate", false),
  ], [id]);
}
