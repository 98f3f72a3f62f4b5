/** Which inputs of an operation are lists, read from its serialized `OpDef` (op_def.proto). */
export type InputArgument = {
  name: string;
  /** The attribute that says how many tensors the list has; absent for a single tensor. */
  lengthAttribute?: string;
};

/** Reads the `input_arg` entries of an OpDef, in their order. */
export function inputArguments(opDef: Uint8Array): InputArgument[] {
  return fields(opDef).filter(([number]) => number === 2).map(([, content]) => {
    const argument: InputArgument = { name: "" };
    for (const [number, value] of fields(content as Uint8Array)) {
      if (number === 1) argument.name = decode(value);
      if (number === 5 || number === 6) argument.lengthAttribute = decode(value); // number_attr, type_list_attr
    }
    return argument;
  });
}

function decode(value: Uint8Array | number): string {
  return new TextDecoder().decode(value as Uint8Array);
}

/** The fields of a protobuf message: number and content (bytes, or an integer). */
function fields(bytes: Uint8Array): [number, Uint8Array | number][] {
  const found: [number, Uint8Array | number][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1;; factor *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) found.push([number, varint()]);
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : 4;
      found.push([number, bytes.subarray(at, at += length)]);
    }
  }
  return found;
}
