import { crc32 } from "node:zlib";
import { splitChecksums } from "./checksums.ts";
import { bytesOfElements, decodeValues, isDtype, isForeign, refuseDtype } from "./dtype.ts";
import type { Source } from "./source.ts";
import { quoteName } from "./quote_names.ts";
import { type Located, sizeOf } from "./stored.ts";

/** A tensor in the header; its range are the bytes from the beginning of the data. */
type Entry = { name: string; dtype: string; shape: number[]; range: [start: number, end: number] };

/** What the header of a safetensors file tells: its tensors still lie in it. */
export type SafetensorsHeader = {
  metadata: Record<string, string>;
  tensors: Record<string, Located>;
};

/**
 * Reads the header of a safetensors file (u64 length, JSON, then data), strictly: the tensors must
 * fill the data without gap or overlap, as the format demands. A tensor whose checksum the metadata
 * tells is held against it when it is read.
 *
 * @param read Reads a part of the file; by default as the header is read.
 * @throws {SyntaxError} If it is truncated, damaged or no safetensors at all; it says where.
 */
export function locateTensors(
  source: Source,
  read: (start: number, length: number) => Uint8Array = source.read,
): SafetensorsHeader {
  const { refuse } = source;
  const [header, start] = readHeader(source);
  const { __metadata__: stored = {}, ...rest } = header;
  if (!isStrings(stored)) return refuse("its metadata is not a record of strings");
  const { metadata, sums } = splitChecksums(stored);
  const entries = Object.entries(rest).map(([name, info]) => entryOf(name, info, refuse));
  checkContiguous(entries, source.size - start, refuse);
  const bytesOf = (name: string, [at, length]: [start: number, length: number]) => {
    const bytes = read(at, length);
    const sum = Object.hasOwn(sums, name) ? sums[name] : undefined;
    if (sum === undefined || crc32(bytes) === sum) return bytes;
    return refuse(`tensor ${quoteName(name)} is damaged: its checksum is another`);
  };
  const tensors = entries.map(({ name, dtype, shape, range: [from, to] }) => {
    const values = () => {
      if (isDtype(dtype)) return decodeValues(dtype, bytesOf(name, [start + from, to - from]));
      if (isForeign(dtype)) return refuseDtype(dtype, name, source.name);
      return refuse(`tensor ${quoteName(name)} has the unknown element type ${dtype}`);
    };
    return [name, { dtype, shape, read: values }] as const;
  });
  return { metadata, tensors: Object.fromEntries(tensors) };
}

/** The header as an object, and where the data begin. */
function readHeader({ size, refuse, read }: Source): [Record<string, unknown>, start: number] {
  if (size < 8) refuse(`it has ${size} bytes, too few for a safetensors header`);
  const length = Number(new DataView(read(0, 8).buffer).getBigUint64(0, true));
  if (length > 100e6) refuse("it does not begin with a safetensors header");
  if (8 + length > size) {
    refuse(`its header should have ${length} bytes, but the file ends after ${size}`);
  }
  const header = parseJson(read(8, length));
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    return refuse("its header is not a JSON object");
  }
  return [header as Record<string, unknown>, 8 + length];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function entryOf(name: string, info: unknown, refuse: (why: string) => never): Entry {
  const { dtype, shape, data_offsets: offsets } = (info ?? {}) as Record<string, unknown>;
  if (typeof dtype !== "string") return refuse(`tensor "${name}" has no element type`);
  if (!isCounts(shape)) return refuse(`tensor "${name}" has no shape`);
  const [start = -1, end = -1, ...others] = isCounts(offsets) ? offsets : [];
  if (start < 0 || end < start || others.length) {
    return refuse(`tensor "${name}" has no place in the file`);
  }
  const counted = isDtype(dtype) || isForeign(dtype);
  if (counted && end - start !== bytesOfElements(dtype, sizeOf(shape))) {
    refuse(`tensor "${name}" has ${end - start} bytes, which do not fill ${dtype} [${shape}]`);
  }
  return { name, dtype, shape, range: [start, end] };
}

function checkContiguous(entries: Entry[], length: number, refuse: (why: string) => never) {
  let at = 0;
  for (
    const { name, range: [start, end] } of entries.toSorted(byRange)
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

const byRange = ({ range: a }: Entry, { range: b }: Entry) => a[0] - b[0] || a[1] - b[1];

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function isStrings(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null &&
    Object.values(value).every((v) => typeof v === "string");
}
