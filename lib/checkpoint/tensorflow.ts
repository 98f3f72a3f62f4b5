import { BinaryReader } from "./binary_reader.ts";
import { maskedCrc32c } from "../bytes/mod.ts";
import { byteWidth, decodeValues, type Dtype, isDtype, refuseDtype } from "./dtype.ts";
import { quoteName } from "./quote_names.ts";
import { readSortedTable } from "./sorted_table.ts";
import type { Source } from "./source.ts";
import { type Located, sizeOf } from "./stored.ts";

/** The element types of TensorFlow by their numbers, with ours (types.proto). */
const dtypes: Record<number, Dtype> = {
  ...{ 1: "F32", 2: "F64", 19: "F16", 14: "BF16", 10: "BOOL" },
  ...{ 9: "I64", 3: "I32", 5: "I16", 6: "I8", 23: "U64", 22: "U32", 17: "U16", 4: "U8" },
};

/** What the index says of a tensor. */
type Entry = {
  dtype: string;
  shape: number[];
  /** Which of the data files it lies in. */
  shard: number;
  start: number;
  length: number;
  /** The checksum of its bytes. */
  sum: number;
  /** Whether it is cut into parts, which lie under names of their own. */
  sliced: boolean;
};

/**
 * The tensors of a checkpoint of TensorFlow, by its keys, such as
 * `model/dense/kernel/.ATTRIBUTES/VARIABLE_VALUE`: an index beside data files.
 *
 * Source: TensorFlow, tensorflow/core/protobuf/tensor_bundle.proto and
 * tensorflow/core/util/tensor_bundle/tensor_bundle.cc.
 *
 * @param open Opens the data file of the same name with this ending in the place of `.index`; to
 * dispose of it is the caller's affair.
 * @throws {SyntaxError} If the index is damaged, or a data file too short.
 */
export function readTensorFlow(
  index: Source,
  open: (ending: string) => Source,
): Record<string, Located> {
  const [header, ...rest] = readSortedTable(index);
  if (!header || header.key !== "") index.refuse("its index does not begin with a header");
  const shards = openShards(index, header!.value, open);
  const tensors: Record<string, Located> = Object.create(null);
  for (const { key, value } of rest) {
    if (key.startsWith("\0")) continue; // a part of a tensor that is cut
    const entry = readEntry(index, key, value);
    tensors[key] = locate(entry, key, shards[entry.shard] ?? refuseEntry(index, key));
  }
  return tensors;
}

/** The data files, which the header counts. */
function openShards(
  index: Source,
  header: Uint8Array,
  open: (ending: string) => Source,
): Source[] {
  const fields = new BinaryReader(header, () => index.refuse("its header is damaged")).fields();
  const { 1: count = 0, 2: bigEndian = 0 } = Object.fromEntries(fields);
  if (bigEndian) {
    index.refuse(
      "it was written on a machine whose numbers have the greatest byte first",
      "load it with TensorFlow and save it anew on another machine",
    );
  }
  if (typeof count !== "number" || count < 1 || count > 99999) {
    return index.refuse("its header does not say how many data files there are");
  }
  const digits = (n: number) => String(n).padStart(5, "0");
  return Array.from(
    { length: count },
    (_, i) => open(`.data-${digits(i)}-of-${digits(count)}`),
  );
}

function readEntry(index: Source, key: string, value: Uint8Array): Entry {
  const damaged = () => refuseEntry(index, key);
  const fields = new BinaryReader(value, damaged).fields();
  const number = (field: number) => {
    const value = fields.find(([n]) => n === field)?.[1] ?? 0;
    return typeof value === "number" && value >= 0 ? value : damaged();
  };
  const [, shape] = fields.find(([n]) => n === 2) ?? [];
  const type = number(1);
  return {
    dtype: dtypes[type] ?? `DT_${type}`,
    shape: shape instanceof Uint8Array ? readShape(shape, damaged) : [],
    shard: number(3),
    start: number(4),
    length: number(5),
    sum: number(6),
    sliced: fields.some(([n]) => n === 7),
  };
}

/** The lengths in a TensorShapeProto. */
function readShape(bytes: Uint8Array, damaged: () => never): number[] {
  const axes = new BinaryReader(bytes, damaged).fields().filter(([field]) => field === 2);
  return axes.map(([, axis]) => {
    if (!(axis instanceof Uint8Array)) return damaged();
    const length = new BinaryReader(axis, damaged).fields().find(([field]) => field === 1)?.[1] ??
      0;
    return typeof length === "number" && length >= 0 ? length : damaged();
  });
}

function refuseEntry(index: Source, key: string): never {
  return index.refuse(`its index is damaged where it says what ${quoteName(key)} is`);
}

function locate(
  { dtype, shape, start, length, ...rest }: Entry,
  key: string,
  data: Source,
): Located {
  const { sum, sliced } = rest;
  if (isDtype(dtype) && !sliced && sizeOf(shape) * byteWidth(dtype) !== length) {
    data.refuse(`${quoteName(key)} has ${length} bytes, and should have shape [${shape}]`);
  }
  if (!sliced && start + length > data.size) {
    data.refuse(`it is truncated: byte ${start + length} is needed, and it has ${data.size}`);
  }
  const read = () => {
    if (sliced) data.refuse(`${quoteName(key)} is cut into parts, which are not read here`);
    if (!isDtype(dtype)) return refuseDtype(dtype, key, data.name);
    const bytes = data.read(start, length);
    if (maskedCrc32c(bytes) !== sum) {
      data.refuse(`${quoteName(key)} is damaged: its bytes do not have the checksum of the index`);
    }
    return decodeValues(dtype, bytes);
  };
  return { dtype, shape, read };
}
