import { crc32 } from "node:zlib";

/** A tensor as PyTorch stores it, with the values of its element type. */
export type PytorchTensor = { shape: number[]; data: Float32Array | BigInt64Array };

/** The fields of an `argparse.Namespace`. */
export class Arguments {
  /** Takes the fields. */
  constructor(readonly fields: Record<string, unknown>) {}
}

/**
 * The file that `torch.save` makes of a value: maps and records become dictionaries, arrays lists,
 * whole numbers integers. The official program saves such files; tests need them for what reads
 * those.
 *
 * Source: PyTorch, torch/serialization.py; CPython, Lib/pickletools.py.
 */
export function pytorchFile(value: unknown): Uint8Array<ArrayBuffer> {
  const storages: Uint8Array[] = [];
  const pickle = [0x80, 2, ...pickled(value, storages), ...ascii(".")];
  return zip([
    ["archive/data.pkl", Uint8Array.from(pickle)],
    ["archive/byteorder", Uint8Array.from(ascii("little"))],
    ...storages.map((bytes, i) => [`archive/data/${i}`, bytes] as [string, Uint8Array]),
  ]);
}

/** The operations of the pickle protocol 2 that push a value onto the stack. */
function pickled(value: unknown, storages: Uint8Array[]): number[] {
  const inner = (value: unknown) => pickled(value, storages);
  const pairs = (entries: Iterable<[unknown, unknown]>) => [
    ...ascii("}("),
    ...[...entries].flatMap(([key, value]) => [...inner(key), ...inner(value)]),
    ...ascii("u"),
  ];
  if (value === null) return ascii("N");
  if (typeof value === "boolean") return [value ? 0x88 : 0x89];
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return [...ascii("]("), ...value.flatMap(inner), ...ascii("e")];
  if (value instanceof Map) return pairs(value);
  if (value instanceof Arguments) {
    const fields = pairs(Object.entries(value.fields));
    return [...global("argparse Namespace"), ...ascii(")"), 0x81, ...fields, ...ascii("b")];
  }
  const record = value as PytorchTensor | Record<string, unknown>;
  const { data, shape } = record as PytorchTensor;
  return ArrayBuffer.isView(data)
    ? tensor({ data, shape }, storages)
    : pairs(Object.entries(record));
}

function tensor({ shape, data }: PytorchTensor, storages: Uint8Array[]): number[] {
  const key = storages.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) - 1;
  const kind = data instanceof Float32Array ? "Float" : "Long";
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const tuple = (...items: number[][]) => [...ascii("("), ...items.flat(), ...ascii("t")];
  const storage = tuple(
    text("storage"),
    global(`torch ${kind}Storage`),
    text(String(key)),
    text("cpu"),
    number(data.length),
  );
  const args = tuple(
    [...storage, ...ascii("Q")],
    number(0),
    tuple(...shape.map(number)),
    tuple(...strides.map(number)),
    [0x89],
    [...global("collections OrderedDict"), ...ascii(")R")],
  );
  return [...global("torch._utils _rebuild_tensor_v2"), ...args, ...ascii("R")];
}

function number(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  const whole = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  if (whole) view.setInt32(0, value, true);
  else view.setFloat64(0, value);
  return [...ascii(whole ? "J" : "G"), ...new Uint8Array(view.buffer, 0, whole ? 4 : 8)];
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...ascii("X"), ...new Uint8Array(Uint32Array.of(bytes.length).buffer), ...bytes];
}

function global(name: string): number[] {
  return ascii(`c${name.replace(" ", "\n")}\n`);
}

/** The codes of characters. */
export function ascii(characters: string): number[] {
  return [...characters].map((character) => character.charCodeAt(0));
}

/** A zip archive of files stored as they are. */
export function zip(files: [name: string, bytes: Uint8Array][]): Uint8Array<ArrayBuffer> {
  const record = (length: number, fields: [offset: number, bytes: 2 | 4, value: number][]) => {
    const view = new DataView(new ArrayBuffer(length));
    for (const [offset, bytes, value] of fields) {
      if (bytes === 2) view.setUint16(offset, value, true);
      else view.setUint32(offset, value, true);
    }
    return new Uint8Array(view.buffer);
  };
  const parts: Uint8Array[] = [], heads: Uint8Array[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const [label, size, sum] = [Uint8Array.from(ascii(name)), bytes.length, crc32(bytes)];
    const local = record(30, [
      [0, 4, 0x04034b50],
      [14, 4, sum],
      [18, 4, size],
      [22, 4, size],
      [26, 2, label.length],
    ]);
    const head = record(46, [
      [0, 4, 0x02014b50],
      [16, 4, sum],
      [20, 4, size],
      [24, 4, size],
      [28, 2, label.length],
      [42, 4, offset],
    ]);
    parts.push(local, label, bytes);
    heads.push(head, label);
    offset += 30 + label.length + size;
  }
  const length = heads.reduce((sum, part) => sum + part.length, 0);
  const end = record(22, [
    [0, 4, 0x06054b50],
    [8, 2, files.length],
    [10, 2, files.length],
    [12, 4, length],
    [16, 4, offset],
  ]);
  return joined([...parts, ...heads, end]);
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
