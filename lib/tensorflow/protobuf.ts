/** A field of a protobuf message: its number, and its content as bytes or as an integer. */
export type Field = [number: number, content: Uint8Array | number];

/**
 * The fields of a protobuf message in their order. Integers are exact up to 2^53; fixed-size numbers come as bytes.
 *
 * Source: protobuf.dev, "Encoding".
 */
export function fields(bytes: Uint8Array): Field[] {
  const found: Field[] = [];
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

/** The messages in a message's field of this number. */
export function messages(bytes: Uint8Array, number: number): Uint8Array[] {
  return fields(bytes).filter(([n]) => n === number).map(([, content]) => content as Uint8Array);
}

/** A field's content as text. */
export function textOf(content: Uint8Array | number): string {
  return new TextDecoder().decode(content as Uint8Array);
}
