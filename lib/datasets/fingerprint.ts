/**
 * A text of 64 hexadecimal digits that is equal for equal lines: files by name, size and time, and
 * how they are taken.
 */
export async function fingerprint(lines: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** What tells whether a file has changed. */
export async function stateOf(folder: string, path: string): Promise<string> {
  const { size, mtime } = await Deno.stat(`${folder}/${path}`);
  return `${path} ${size} ${mtime?.getTime() ?? 0}`;
}
