import type { Attribute } from "./attribute.ts";
import { attribute, attributeTypes } from "./attribute.ts";
import { dtypes } from "./dtype.ts";
import type { Graph } from "./graph.ts";
import type { GraphValue } from "./graph_value.ts";

const { float32, bfloat16 } = dtypes;

/** Operations that move numbers and change none, with the attribute that is their type. */
const movements: Readonly<Record<string, string>> = {
  Reshape: "T",
  Transpose: "T",
  Slice: "T",
  ExpandDims: "T",
  Squeeze: "T",
  Unpack: "T",
  Pack: "T",
  ConcatV2: "T",
  SplitV: "T",
};

/** Whether an operation moves numbers and changes none. */
export function moves(kind: string): boolean {
  return Object.hasOwn(movements, kind);
}

/**
 * Values of a graph in bfloat16 that TensorFlow.js, which has no such type, knows as float32. They
 * stay in bfloat16 from product to product where they are only moved in between; any other
 * operation is given them as float32. Each value is cast once in either direction.
 */
export class RoundedValues {
  readonly #casts = new Map<string, GraphValue>();

  constructor(readonly graph: Graph) {}

  /** The value in one of the two types. */
  as(value: GraphValue, dtype: number): GraphValue {
    if (value.dtype === dtype) return value;
    const key = `${value.name} ${dtype}`;
    const before = this.#casts.get(key);
    if (before) return before;
    const [cast] = this.graph.add("Cast", [
      attribute.type("SrcT", value.dtype),
      attribute.type("DstT", dtype),
      attribute.bool("Truncate", false),
    ], [value]);
    this.#casts.set(key, cast!);
    // What has been widened is rounded to what it was.
    if (dtype === float32) this.#casts.set(`${cast!.name} ${bfloat16}`, value);
    return cast!;
  }

  /** An operation with its inputs in the type that it takes. */
  typed(
    kind: string,
    attributes: readonly Attribute[],
    inputs: readonly GraphValue[],
  ): { attributes: readonly Attribute[]; inputs: GraphValue[] } {
    const floats = inputs.filter(isFloat);
    const movement = movements[kind];
    if (movement && floats.length && floats.every(({ dtype }) => dtype === bfloat16)) {
      const type = attribute.type(movement, bfloat16);
      const others = attributes.filter(({ name }) => name !== movement);
      return { attributes: [...others, type], inputs: [...inputs] };
    }
    const stated = attributes.find(({ type, value }) =>
      type === attributeTypes.type && (value === float32 || value === bfloat16)
    );
    const dtype = stated ? stated.value as number : float32;
    return {
      attributes,
      inputs: inputs.map((value) => isFloat(value) ? this.as(value, dtype) : value),
    };
  }
}

/** Whether a value is of one of the two types. */
export function isFloat({ dtype }: Pick<GraphValue, "dtype">): boolean {
  return dtype === float32 || dtype === bfloat16;
}
