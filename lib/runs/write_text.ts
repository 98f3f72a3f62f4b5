/**
 * Writes to a folder, or a file.
 *
 * @throws {Error} If the system refuses: why, and what to do.
 */
export async function writingTo<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const reason = (cause as Error).message.replace(/: \w+ '.*'$/s, ""); // the path is said once
    const advice = "see that there is room and that it may be written to, or name another folder";
    throw new Error(`Cannot write to ${path}: ${reason}; ${advice}`, { cause });
  }
}

/** Writes a text so that a reader sees the old one or the new one, never a part. */
export async function writeText(path: string, text: string): Promise<void> {
  const part = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await Deno.writeTextFile(part, text);
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}
