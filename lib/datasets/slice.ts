import { withOpenFile } from "../images/mod.ts";

/**
 * A part of a file.
 *
 * @param from Index of its first byte.
 * @throws {Error} If the file ends before its last byte.
 */
export async function readSlice(path: string, from: number, length: number): Promise<Uint8Array> {
  return await withOpenFile(async () => {
    using file = await Deno.open(path);
    if (from > 0) await file.seek(from, Deno.SeekMode.Start);
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const count = await file.read(bytes.subarray(done));
      if (count === null) throw new Error(`${path} ends before byte ${from + length}`);
      done += count;
    }
    return bytes;
  });
}

/** The first bytes of a file, or all of a shorter one. */
export async function readHead(path: string, length: number): Promise<Uint8Array> {
  return await withOpenFile(async () => {
    using file = await Deno.open(path);
    const bytes = new Uint8Array(length);
    const count = await file.read(bytes);
    return bytes.subarray(0, count ?? 0);
  });
}
