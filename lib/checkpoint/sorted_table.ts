import { BinaryReader } from "./binary_reader.ts";
import { maskedCrc32c } from "../bytes/mod.ts";
import type { Source } from "./source.ts";

/** The bytes at the end of a table: two places, padded, and the number by which it is known. */
const FOOTER = 48;
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

/** The longest block that is read; those of a checkpoint have some hundred kilobytes. */
const MAX_BLOCK = 2 ** 26;

/** An entry of a table. */
export type TableEntry = { key: string; value: Uint8Array };

/** Whether a file is a table of sorted keys. */
export function isSortedTable({ size, read }: Source): boolean {
  if (size < FOOTER) return false;
  const end = read(size - MAGIC.length, MAGIC.length);
  return MAGIC.every((byte, i) => end[i] === byte);
}

/**
 * The entries of a table of sorted keys, as LevelDB and TensorFlow's checkpoints write it: blocks
 * of entries, each followed by its kind and checksum, and a block that says where they lie.
 *
 * Source: LevelDB, doc/table_format.md; TensorFlow, tensorflow/core/lib/io/format.cc.
 *
 * @throws {SyntaxError} If it is damaged, truncated or compressed.
 */
export function readSortedTable(source: Source): TableEntry[] {
  const damaged = () => source.refuse("its index is damaged");
  const footer = new BinaryReader(source.read(source.size - FOOTER, FOOTER), damaged);
  const place = (reader: BinaryReader) => ({ start: reader.varint(), length: reader.varint() });
  place(footer); // of the block of filters, of no use here
  const blocks = readBlock(source, place(footer));
  const entries = blocks.flatMap(({ value }) =>
    readBlock(source, place(new BinaryReader(value, damaged)))
  );
  if (entries.some(({ key }, i) => i > 0 && key === entries[i - 1]!.key)) damaged();
  return entries;
}

/** The entries of one block: of each key only what differs from the one before is stored. */
function readBlock(
  source: Source,
  { start, length }: { start: number; length: number },
): TableEntry[] {
  const damaged = () => source.refuse(`its index is damaged in the block at byte ${start}`);
  if (!(length >= 4 && length <= MAX_BLOCK)) damaged();
  const stored = source.read(start, length + 5);
  if (stored[length] !== 0) {
    source.refuse("its index is compressed, which TensorFlow's programs do not do");
  }
  const sum = new BinaryReader(stored.subarray(length + 1), damaged).uint32();
  if (sum !== maskedCrc32c(stored.subarray(0, length + 1))) damaged();
  const restarts = new BinaryReader(stored.subarray(length - 4, length), damaged).uint32();
  const end = length - 4 - 4 * restarts;
  if (end < 0) damaged();
  const reader = new BinaryReader(stored.subarray(0, end), damaged);
  const entries: TableEntry[] = [];
  let previous: Uint8Array = new Uint8Array(0);
  while (!reader.isDone) {
    const [shared, added, size] = [reader.varint(), reader.varint(), reader.varint()];
    if (!(shared >= 0 && shared <= previous.length && added >= 0 && added < length)) damaged();
    const key = new Uint8Array(shared + added);
    key.set(reader.bytes(added), shared);
    key.set(previous.subarray(0, shared));
    entries.push({ key: new TextDecoder().decode(key), value: reader.bytes(size) });
    previous = key;
  }
  return entries;
}
