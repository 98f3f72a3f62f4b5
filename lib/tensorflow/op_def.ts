import type { Attribute } from "./attribute.ts";
import { messageFields, messages, textOf } from "./protobuf.ts";

/** An input that an operation declares: a tensor, or a list of tensors. */
export type InputArgument = {
  name: string;
  /** The attribute that says how many tensors the list has; absent for a single tensor. */
  lengthAttribute?: string;
};

/** Reads the `input_arg` entries of a serialized `OpDef` (op_def.proto), in their order. */
export function inputArguments(opDef: Uint8Array): InputArgument[] {
  return messages(opDef, 2).map((content) => {
    const argument: InputArgument = { name: "" };
    for (const [number, value] of messageFields(content)) {
      if (number === 1) argument.name = textOf(value);
      // number_attr, type_list_attr
      if (number === 5 || number === 6) argument.lengthAttribute = textOf(value);
    }
    return argument;
  });
}

/**
 * Inputs by argument: one for a single tensor, an array for a list, which in graphs has to be added
 * as such. A list whose length no attribute states takes the inputs that the others leave.
 */
export function groupInputs<T>(
  declared: readonly InputArgument[],
  attributes: readonly Attribute[],
  inputs: readonly T[],
): (T | T[])[] {
  let next = 0;
  return declared.map(({ lengthAttribute }) => {
    if (lengthAttribute === undefined) return inputs[next++]!;
    const stated = attributes.find(({ name }) => name === lengthAttribute)?.value;
    const rest = inputs.length - declared.length + 1;
    const length = typeof stated === "number"
      ? stated
      : Array.isArray(stated)
      ? stated.length
      : rest;
    return inputs.slice(next, next += length);
  });
}
