import { type Attribute, attributeTypes } from "./attribute.ts";
import type { Binding, Metadata } from "./binding.ts";
import { dtypes } from "./dtype.ts";

const { float32 } = dtypes;

/** x weightᵀ of rows and what `ops` of TensorFlow follow it, in one operation: `BiasAdd`, `GeluExact`. */
export function fusedMatMul(
  binding: Binding,
  inputs: number[],
  { type, ops }: { type: number; ops: string[] },
): Metadata {
  const attributes: Attribute[] = [
    { name: "T", type: attributeTypes.type, value: type },
    { name: "transpose_a", type: attributeTypes.bool, value: false },
    { name: "transpose_b", type: attributeTypes.bool, value: true },
    { name: "num_args", type: attributeTypes.int, value: 1 },
    { name: "fused_ops", type: attributeTypes.string, value: ops },
  ];
  return binding.executeOp("_FusedMatMul", attributes, inputs, 1)[0];
}

/**
 * Whether a graph may hold GELU within a matrix product of this element type, found by trying: of TensorFlow's kernels
 * oneDNN's have it, and for bfloat16 only on processors that know it. GPUs have it, but not for all sizes.
 */
export function fusesGeluIn(binding: Binding, type: number): boolean {
  const shapes = [[1, 1], [1, 1], [1]];
  const inputs = shapes.map((shape) => binding.createTensor(shape, float32, new Float32Array(1)));
  const traced = binding.trace(
    `gelu_in_product_${type}`,
    shapes.map((shape) => ({ shape, dtype: float32 })),
    (ids) => {
      const typed = ids.map((id) => cast(binding, id, [float32, type]).id);
      const { id } = fusedMatMul(binding, typed, { type, ops: ["BiasAdd", "GeluExact"] });
      return [cast(binding, id, [type, float32]).id];
    },
  );
  try {
    binding.call(traced, inputs, "graph").forEach(({ id }) => binding.deleteTensor(id));
    return true;
  } catch {
    return false; // it is refused when the function runs, not when it is made
  } finally {
    binding.remove(traced);
    inputs.forEach((id) => binding.deleteTensor(id));
  }
}

/** The same numbers in another element type. */
export function cast(binding: Binding, id: number, [from, to]: [number, number]): Metadata {
  return binding.executeOp(
    "Cast",
    [
      { name: "SrcT", type: attributeTypes.type, value: from },
      { name: "DstT", type: attributeTypes.type, value: to },
      { name: "Truncate", type: attributeTypes.bool, value: false },
    ],
    [id],
    1,
  )[0];
}
