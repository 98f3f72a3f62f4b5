import { fileURLToPath } from "node:url";
import {
  byteWidth,
  decodeValues,
  type Dtype,
  encodeValues,
  isDtype,
  type TensorValues,
} from "./dtype.ts";
import { openSource, type Source, sourceOfBytes } from "./source.ts";

/** A tensor as it lies in a file: F16 and BF16 are given as float32. */
export type Stored = { dtype: Dtype; shape: number[]; data: TensorValues };

/** A tensor that still lies in its file. */
export type Located = { dtype: Dtype; shape: number[]; read(): TensorValues };

/** A tensor that is to be written, read when its turn comes. */
export type Pending = {
  dtype: Dtype;
  shape: number[];
  read(): TensorValues | Promise<TensorValues>;
};

/** The content of a safetensors file. */
export type Safetensors = {
  metadata: Record<string, string>;
  tensors: Record<string, Stored>;
};

type Entry = { name: string; dtype: Dtype; shape: number[]; start: number; end: number };

/**
 * Reads the bytes of a safetensors file (u64 length, JSON header, data), strictly: the tensors must
 * fill the data without gap or overlap, as the format demands.
 *
 * @param name What to call the file in errors.
 * @throws {SyntaxError} If the bytes are truncated, damaged or no safetensors at all; it says
 * where.
 */
export function parseSafetensors(bytes: Uint8Array, name = "safetensors"): Safetensors {
  return load(sourceOfBytes(bytes, name));
}

/**
 * The header of a safetensors file, as strictly as {@linkcode parseSafetensors} reads it: where its
 * tensors lie, each to be read when it is wanted.
 *
 * @param read Reads a part of the file; by default as the header is read.
 */
export function locateTensors(
  source: Source,
  read: (start: number, length: number) => Uint8Array = source.read,
): { metadata: Record<string, string>; tensors: Record<string, Located> } {
  const { size, refuse } = source;
  if (size < 8) refuse(`it has ${size} bytes, too few for a safetensors header`);
  const length = Number(new DataView(source.read(0, 8).buffer).getBigUint64(0, true));
  if (length > 100e6) refuse("it does not begin with a safetensors header");
  if (8 + length > size) {
    refuse(`its header should have ${length} bytes, but the file ends after ${size}`);
  }
  const header = json(source.read(8, length));
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    refuse("its header is not a JSON object");
  }
  const { __metadata__: metadata = {}, ...rest } = header as Record<string, unknown>;
  if (!isStrings(metadata)) refuse("its metadata is not a record of strings");

  const entries = Object.entries(rest).map(([tensor, info]) => entry(tensor, info, refuse));
  contiguous(entries, size - 8 - length, refuse);
  const tensors = entries.map(({ name, dtype, shape, start, end }) => {
    const values = () => decodeValues(dtype, read(8 + length + start, end - start));
    return [name, { dtype, shape, read: values }] as const;
  });
  return { metadata: metadata as Record<string, string>, tensors: Object.fromEntries(tensors) };
}

/**
 * Reads a safetensors file.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is damaged; see {@linkcode parseSafetensors}.
 */
export async function readSafetensors(path: string | URL): Promise<Safetensors> {
  using source = openSource(path instanceof URL ? fileURLToPath(path) : path);
  return await load(source);
}

/**
 * The header of a safetensors file on disk, which is opened again for every tensor that is read.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is damaged; see {@linkcode parseSafetensors}.
 */
export function locateFile(path: string): ReturnType<typeof locateTensors> {
  using source = openSource(path);
  return locateTensors(source, (start, length) => {
    using again = openSource(path);
    if (again.size !== source.size) again.refuse("it has been changed since it was opened");
    return again.read(start, length);
  });
}

function load(source: Source): Safetensors {
  const { metadata, tensors } = locateTensors(source);
  return { metadata, tensors: readTensors(tensors) };
}

/** Reads tensors from where they lie. */
export function readTensors(tensors: Record<string, Located>): Record<string, Stored> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { dtype, shape, read }]) => [
      name,
      { dtype, shape, data: read() },
    ]),
  );
}

/**
 * Writes a safetensors file so that a reader sees the old file or the new one, never a part: into a
 * file beside it, synced, then renamed. Tensors keep their order, wider element types first, so
 * that all lie aligned; those that are to be read are read one at a time.
 *
 * @throws {TypeError} If values do not fit their element type or shape.
 */
export async function writeSafetensors(
  path: string,
  tensors: Record<string, Stored | Pending>,
  metadata: Record<string, string> = {},
): Promise<void> {
  const ordered = Object.entries(tensors)
    .sort(([, a], [, b]) => byteWidth(b.dtype) - byteWidth(a.dtype));
  const bytes = async ([name, tensor]: [string, Stored | Pending]) => {
    const data = "data" in tensor ? tensor.data : await tensor.read();
    if (data.length === size(tensor.shape)) return encodeValues(tensor.dtype, data);
    throw new TypeError(
      `Cannot write "${name}": ${data.length} values do not fill shape [${tensor.shape}]`,
    );
  };
  let start = 0;
  const header: Record<string, unknown> = Object.keys(metadata).length
    ? { __metadata__: metadata }
    : {};
  for (const [name, { dtype, shape }] of ordered) {
    const length = size(shape) * byteWidth(dtype);
    header[name] = { dtype, shape, data_offsets: [start, start += length] };
  }

  const beside = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    using file = await Deno.open(beside, { write: true, createNew: true });
    await writeAll(file, prefix(header));
    for (const tensor of ordered) await writeAll(file, await bytes(tensor));
    await file.sync();
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
  await Deno.rename(beside, path);
}

/** Length and text of the header, padded by spaces so that the data begin at a multiple of 8. */
function prefix(header: Record<string, unknown>): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  return bytes;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array) {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function entry(name: string, info: unknown, refuse: (why: string) => never): Entry {
  const { dtype, shape, data_offsets: offsets } = (info ?? {}) as Record<string, unknown>;
  if (!isDtype(dtype)) return refuse(`tensor "${name}" has the unknown element type ${dtype}`);
  if (!isCounts(shape)) return refuse(`tensor "${name}" has no shape`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    return refuse(`tensor "${name}" has no place in the file`);
  }
  const [start, end] = offsets;
  if (end - start !== size(shape) * byteWidth(dtype)) {
    refuse(`tensor "${name}" has ${end - start} bytes, which do not fill ${dtype} [${shape}]`);
  }
  return { name, dtype, shape, start, end };
}

function contiguous(entries: Entry[], length: number, refuse: (why: string) => never) {
  let at = 0;
  for (
    const { name, start, end } of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)
  ) {
    if (start < at) refuse(`tensor "${name}" overlaps the one before it`);
    if (start > at) refuse(`there is a gap of ${start - at} bytes before tensor "${name}"`);
    at = end;
  }
  if (at > length) {
    refuse(`it is truncated: ${at} bytes of data are announced, ${length} are there`);
  }
  if (at < length) refuse(`${length - at} bytes follow the last tensor`);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function isStrings(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null &&
    Object.values(value).every((v) => typeof v === "string");
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
