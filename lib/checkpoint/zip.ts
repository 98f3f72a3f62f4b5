import { crc32 } from "node:zlib";
import type { Source } from "./source.ts";

/** One file in a zip archive. */
export type ZipEntry = {
  /** Its length in bytes. */
  size: number;
  /** Its bytes, whose checksum is verified. */
  read(): Uint8Array<ArrayBuffer>;
};

/** The greatest directory that is read: a million entries and more. */
const MAX_DIRECTORY = 256 * 2 ** 20;

/**
 * The files of a zip archive by name. Only the directory at the archive's end is read, an entry
 * when it is asked for: checkpoints have gigabytes. Entries must be stored as they are, as PyTorch
 * stores them, and not compressed.
 *
 * Source: PKWARE, .ZIP File Format Specification 6.3.10, sections 4.3.7 to 4.3.16.
 *
 * @throws {SyntaxError} If the archive is truncated, damaged or compressed.
 */
export function zipEntries(source: Source): Map<string, ZipEntry> {
  const { start, size, count } = directory(source);
  if (size > MAX_DIRECTORY) source.refuse(`the directory of its archive has ${size} bytes`);
  const bytes = source.read(start, size);
  const view = new DataView(bytes.buffer);
  const files = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > size || view.getUint32(at, true) !== 0x02014b50) {
      source.refuse(`entry ${i} of ${count} in its archive's directory is damaged`);
    }
    const extra = at + 46 + view.getUint16(at + 28, true);
    const comment = extra + view.getUint16(at + 30, true);
    const next = comment + view.getUint16(at + 32, true);
    if (next > size) source.refuse(`entry ${i} of ${count} in its archive's directory is damaged`);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, extra));
    const [packed, unpacked, offset] = placesOf(view, at, [extra, comment]);
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    if (method !== 0 || flags & 1 || packed !== unpacked) {
      source.refuse(
        `"${name}" in it is compressed or encrypted, which PyTorch never does`,
        "take the file as torch.save wrote it",
      );
    }
    if (files.has(name)) source.refuse(`its archive holds "${name}" twice`);
    const sum = view.getUint32(at + 16, true);
    files.set(name, {
      size: unpacked,
      read: () => readEntry(source, { name, offset, size: unpacked, sum }),
    });
    at = next;
  }
  return files;
}

/** Where the directory lies, from the record at the end of the archive or its 64-bit successor. */
function directory(source: Source): { start: number; size: number; count: number } {
  const tail = source.read(
    Math.max(0, source.size - 65557),
    Math.min(source.size, 65557),
  );
  const view = new DataView(tail.buffer);
  let at = tail.length - 22;
  while (at >= 0 && view.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) source.refuse("it is truncated: the directory at the end of its archive is missing");
  const small = {
    count: view.getUint16(at + 10, true),
    size: view.getUint32(at + 12, true),
    start: view.getUint32(at + 16, true),
  };
  if (at < 20 || view.getUint32(at - 20, true) !== 0x07064b50) return small;
  const record = new DataView(source.read(whole(view, at - 12), 56).buffer);
  if (record.getUint32(0, true) !== 0x06064b50) {
    source.refuse("the end of its archive is damaged");
  }
  return { count: whole(record, 32), size: whole(record, 40), start: whole(record, 48) };
}

type Places = [packed: number, unpacked: number, offset: number];

/**
 * Packed size, size and offset of an entry; those that do not fit into 32 bits stand in the extra
 * field 1.
 */
function placesOf(view: DataView, at: number, [from, to]: [number, number]): Places {
  const read = (offset: number) => view.getUint32(at + offset, true);
  const small: Places = [read(20), read(24), read(42)];
  for (let field = from; field + 4 <= to;) {
    const [id, length] = [view.getUint16(field, true), view.getUint16(field + 2, true)];
    if (id === 1) {
      // In the file's order, which is size before packed size.
      let place = field + 4;
      const large = (value: number) => {
        if (value !== 0xffffffff || place + 8 > to) return value;
        place += 8;
        return whole(view, place - 8);
      };
      const [unpacked, packed] = [large(small[1]), large(small[0])];
      return [packed, unpacked, large(small[2])];
    }
    field += 4 + length;
  }
  return small;
}

function readEntry(
  source: Source,
  { name, offset, size, sum }: { name: string; offset: number; size: number; sum: number },
): Uint8Array<ArrayBuffer> {
  const head = new DataView(source.read(offset, 30).buffer);
  if (head.getUint32(0, true) !== 0x04034b50) source.refuse(`"${name}" in it is damaged`);
  const start = offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const bytes = source.read(start, size);
  if (crc32(bytes) !== sum) source.refuse(`"${name}" in it is damaged: its checksum is another`);
  return bytes;
}

function whole(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
