/** A value inside a graph: an output of a node, with what is known about it. */
export type GraphValue = {
  /** The node's name; for another output than the first one, its number follows behind a colon. */
  readonly name: string;
  /** The 16 bytes of the `TF_Output`. */
  readonly output: Uint8Array<ArrayBuffer>;
  readonly shape: number[];
  readonly dtype: number;
};

/** A node of a graph: what it does to which values. */
export type GraphNode = {
  name: string;
  /** The operation, such as `MatMul`. */
  kind: string;
  /** The names of its inputs; behind `^` the names of nodes that only have to come before it. */
  inputs: string[];
  outputs: { shape: number[]; dtype: string }[];
};

/** A `TF_Output`: an operation and the number of its output. */
export function outputOf(
  operation: Deno.PointerValue,
  index: number,
): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(16);
  const view = new DataView(output.buffer);
  view.setBigUint64(0, Deno.UnsafePointer.value(operation), true);
  view.setInt32(8, index, true);
  return output;
}

/** The operation of a `TF_Output`. */
export function operationOf({ output }: GraphValue): Deno.PointerValue {
  return Deno.UnsafePointer.create(new DataView(output.buffer).getBigUint64(0, true));
}

/** Values one after the other, as C functions take them. */
export function pack(values: readonly GraphValue[]): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(16 * values.length);
  for (const [i, { output }] of values.entries()) packed.set(output, 16 * i);
  return packed;
}
