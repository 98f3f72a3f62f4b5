import { attribute } from "./attribute.ts";
import type { Binding, Metadata } from "./binding.ts";

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
    attribute.string("fused_ops", followers),
  ], inputs);
}

/** The same numbers in another element type. */
export function cast(binding: Binding, id: number, [from, to]: [number, number]): Metadata {
  return binding.executeSingle("Cast", [
    attribute.type("SrcT", from),
    attribute.type("DstT", to),
    attribute.bool("Truncate", false),
  ], [id]);
}
