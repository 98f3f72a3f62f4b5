/**
 * Refuses a folder to write to that lies within a file, before any work is done.
 *
 * @throws {Error} If it does.
 */
export async function checkFolder(path: string): Promise<void> {
  for (let at = path; at !== ""; at = parentOf(at)) {
    const info = await Deno.stat(at).catch(() => null);
    if (info?.isDirectory) return;
    if (info) throw new Error(`Cannot write to ${path}: ${at} is a file; name another place`);
  }
}

/** How a file may be written. */
export type DestinationOptions = {
  /** Whether a file that is there may be replaced. */
  fresh: boolean;
  /** Files that are read for it, which are never replaced. */
  inputs: readonly string[];
};

/**
 * Refuses a file to write that would replace another one, or whose folder is not there, before any
 * work is done.
 *
 * @throws {Error} If it is so.
 */
export async function checkFile(
  file: string,
  { fresh, inputs }: DestinationOptions,
): Promise<void> {
  const folder = parentOf(file) || (file.startsWith("/") ? "/" : ".");
  if (!(await Deno.stat(folder).catch(() => null))?.isDirectory) {
    throw new Error(`Cannot write ${file}: there is no folder ${folder}; make it first`);
  }
  const info = await Deno.stat(file).catch(() => null);
  if (!info) return;
  if (info.isDirectory) throw new Error(`Cannot write ${file}: it is a folder; name a file in it`);
  const place = await Deno.realPath(file);
  for (const input of inputs) {
    const other = await Deno.stat(input).catch(() => null);
    const same = other && (await Deno.realPath(input) === place ||
      (info.ino !== null && other.ino === info.ino && other.dev === info.dev));
    if (same) {
      throw new Error(`Cannot write ${file}: it is read, too (${input}); name another file`);
    }
  }
  if (fresh) return;
  throw new Error(`Cannot write ${file}: it is there already; \`fresh\` writes over it`);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
