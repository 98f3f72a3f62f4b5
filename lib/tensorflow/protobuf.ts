/** A field of a protobuf message: its number, and its content as bytes or as an integer. */
export type MessageField = [number: number, content: Uint8Array | number];

/**
 * The fields of a protobuf message in their order. Integers are exact up to 2^53; numbers of a
 * fixed size come as bytes.
 *
 * Source: protobuf.dev, "Encoding".
 */
export function messageFields(bytes: Uint8Array): MessageField[] {
  const fields: MessageField[] = [];
  let offset = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1;; factor *= 128) {
      const byte = bytes[offset++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (offset < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8), wire = key % 8;
    if (wire === 0) fields.push([number, varint()]);
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : 4;
      fields.push([number, bytes.subarray(offset, offset += length)]);
    }
  }
  return fields;
}

/** The messages in a message's field of this number. */
export function messages(bytes: Uint8Array, number: number): Uint8Array[] {
  return messageFields(bytes).filter(([n]) => n === number)
    .map(([, content]) => content as Uint8Array);
}

/** A field's content as text. */
export function textOf(content: Uint8Array | number): string {
  return new TextDecoder().decode(content as Uint8Array);
}

/** A whole number from 0 as a varint. */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  while (value > 127) {
    bytes.push(value & 127 | 128);
    value = Math.floor(value / 128);
  }
  return [...bytes, value];
}

/** A field with a varint. */
export function field(number: number, value: number[]): number[] {
  return [...varint(number << 3), ...value];
}

/** A field with a message, by its bytes. */
export function message(number: number, content: number[]): number[] {
  return [...varint(number << 3 | 2), ...varint(content.length), ...content];
}

/** A field with a text. */
export function text(number: number, content: string): number[] {
  return message(number, [...new TextEncoder().encode(content)]);
}
