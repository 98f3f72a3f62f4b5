import { escapeControls } from "../images/mod.ts";

/**
 * Refuses a folder to write to that lies within a file, before any work is done.
 *
 * @throws {Error} If it does.
 */
export async function checkFolder(path: string): Promise<void> {
  for (let at = path; at !== ""; at = parentOf(at)) {
    const info = await Deno.stat(at).catch(() => null);
    if (info?.isDirectory) return;
    if (!info) continue;
    const [name, file] = [path, at].map(escapeControls);
    throw new Error(`Cannot write to ${name}: ${file} is a file; name another place`);
  }
}

/**
 * Refuses to begin anew in the folder of a checkpoint that is read.
 *
 * @throws {Error} If it is that folder, by whatever path.
 */
export async function checkElsewhere(checkpoint: string, folder: string): Promise<void> {
  const place = await Deno.realPath(folder).catch(() => null);
  const file = await Deno.realPath(checkpoint);
  if (parentOf(file) !== place) return;
  throw new Error(
    `Cannot begin anew with ${
      escapeControls(checkpoint)
    } in its own folder, where \`fresh\` would ` +
      "remove it; name another `out`",
  );
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
  const name = escapeControls(file);
  const folder = parentOf(file) || (file.startsWith("/") ? "/" : ".");
  if (!(await Deno.stat(folder).catch(() => null))?.isDirectory) {
    throw new Error(
      `Cannot write ${name}: there is no folder ${escapeControls(folder)}; make it first`,
    );
  }
  const info = await Deno.stat(file).catch(() => null);
  if (!info) return;
  if (info.isDirectory) throw new Error(`Cannot write ${name}: it is a folder; name a file in it`);
  const input = inputs.find((input) => isSame(file, input));
  if (input !== undefined) {
    const other = escapeControls(input);
    throw new Error(`Cannot write ${name}: it is read, too (${other}); name another file`);
  }
  if (fresh) return;
  throw new Error(`Cannot write ${name}: it is there already; \`fresh\` writes over it`);
}

/** Whether two paths lead to one file; without waiting, since there may be a million of them. */
function isSame(path: string, other: string): boolean {
  try {
    const [a, b] = [path, other].map((path) => Deno.statSync(path));
    if (a?.ino != null && b?.ino != null) return a.ino === b.ino && a.dev === b.dev;
    return Deno.realPathSync(path) === Deno.realPathSync(other);
  } catch {
    return false; // it is not there
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
