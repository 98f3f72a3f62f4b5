/**
 * Writes all bytes to a place in a file. Where that fails, it may be called again with the same.
 *
 * @returns The place after them.
 */
export function writeAt(file: Deno.FsFile, place: number, bytes: Uint8Array): number {
  file.seekSync(place, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  return place + bytes.length;
}
