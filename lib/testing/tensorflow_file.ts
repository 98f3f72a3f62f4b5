import { maskedCrc32c } from "../bytes/mod.ts";

/** A tensor that a checkpoint of TensorFlow is to hold. */
export type TensorFlowTensor = { shape: number[]; data: Float32Array };

/** The number of a field of a message of protocol buffers, with the type of its value. */
const field = (number: number, type: 0 | 2 | 5) => number << 3 | type;

/**
 * A checkpoint as TensorFlow writes it: its index and its only data file.
 *
 * @param change What is done to the entries of the index before their checksum is made.
 */
export function tensorFlowFiles(
  tensors: Record<string, TensorFlowTensor>,
  change: (block: Uint8Array) => Uint8Array = (block) => block,
): { index: Uint8Array<ArrayBuffer>; data: Uint8Array<ArrayBuffer> } {
  const entries: [string, number[]][] = [["", [field(1, 0), 1]]]; // one data file
  const data: number[] = [];
  for (const [name, { shape, data: values }] of Object.entries(tensors)) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    entries.push([name, entryOf(shape, bytes, data.length)]);
    for (const byte of bytes) data.push(byte);
  }
  const block = change(blockOf(entries));
  const index = [...block, ...trailer(block)];
  const places = blockOf([["zz", [...varint(0), ...varint(block.length)]]]);
  const [start, length] = [index.length, places.length];
  const footer = [...varint(0), ...varint(0), ...varint(start), ...varint(length)];
  const padding = Array(40 - footer.length).fill(0);
  const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
  return {
    index: Uint8Array.from([
      ...index,
      ...places,
      ...trailer(places),
      ...footer,
      ...padding,
      ...magic,
    ]),
    data: Uint8Array.from(data),
  };
}

/** A BundleEntryProto of 32-bit floating-point numbers. */
function entryOf(shape: number[], bytes: Uint8Array, start: number): number[] {
  const axes = shape.flatMap((length) => {
    const axis = [field(1, 0), ...varint(length)];
    return [field(2, 2), axis.length, ...axis];
  });
  return [
    ...[field(1, 0), 1],
    ...[field(2, 2), axes.length, ...axes],
    ...[field(4, 0), ...varint(start)],
    ...[field(5, 0), ...varint(bytes.length)],
    ...[field(6, 5), ...uint32(maskedCrc32c(bytes))],
  ];
}

/** A block of entries in the order of their keys, with one restart; keys share what they can. */
function blockOf(entries: [key: string, value: number[]][]): Uint8Array {
  let previous = "";
  const bytes = entries.flatMap(([key, value]) => {
    const end = [...key].findIndex((character, i) => character !== previous[i]);
    const shared = end < 0 ? key.length : end;
    const rest = new TextEncoder().encode(key.slice(shared));
    previous = key;
    return [...varint(shared), ...varint(rest.length), ...varint(value.length), ...rest, ...value];
  });
  return Uint8Array.from([...bytes, ...uint32(0), ...uint32(1)]);
}

/** What follows a block: that it is not compressed, and its checksum. */
function trailer(block: Uint8Array): number[] {
  return [0, ...uint32(maskedCrc32c(Uint8Array.of(...block, 0)))];
}

function uint32(value: number): number[] {
  return [...new Uint8Array(Uint32Array.of(value).buffer)];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [value & 127 | 128, ...varint(value >>> 7)];
}
