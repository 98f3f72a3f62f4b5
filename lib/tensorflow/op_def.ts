import { fields, messages, textOf } from "./protobuf.ts";

/** Which inputs of an operation are lists, read from its serialized `OpDef` (op_def.proto). */
export type InputArgument = {
  name: string;
  /** The attribute that says how many tensors the list has; absent for a single tensor. */
  lengthAttribute?: string;
};

/** Reads the `input_arg` entries of an OpDef, in their order. */
export function inputArguments(opDef: Uint8Array): InputArgument[] {
  return messages(opDef, 2).map((content) => {
    const argument: InputArgument = { name: "" };
    for (const [number, value] of fields(content)) {
      if (number === 1) argument.name = textOf(value);
      if (number === 5 || number === 6) argument.lengthAttribute = textOf(value); // number_attr, type_list_attr
    }
    return argument;
  });
}
