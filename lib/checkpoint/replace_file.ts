/**
 * Writes a file so that a reader sees the old one or the new one, never a part: into a file beside
 * it, synced, then renamed. A link in its place is replaced, and what it leads to stays.
 */
export async function replaceFile(
  path: string,
  write: (file: Deno.FsFile) => Promise<void>,
): Promise<void> {
  const beside = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    using file = await Deno.open(beside, { write: true, createNew: true });
    await write(file);
    await file.sync();
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
  await Deno.rename(beside, path);
}

/** Writes all bytes where a file stands. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
