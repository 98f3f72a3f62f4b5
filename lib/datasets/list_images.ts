import { extensions } from "../images/mod.ts";

/** A file that is taken for an image by its ending. */
export type ImageFile = {
  /** Its path below the folder. */
  path: string;
  /** Bytes. */
  size: number;
  /** When it was last changed, in milliseconds. */
  changed: number;
};

/**
 * The images below a folder, sorted by path. Hidden files are left out; links are followed, but no folder is entered from
 * within itself.
 *
 * @throws {Error} If a folder cannot be read.
 */
export async function listImages(folder: string): Promise<ImageFile[]> {
  const found: ImageFile[] = [];
  await walk(folder.replace(/\/+$/, ""), { prefix: "", above: new Set(), found });
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

type Walk = { prefix: string; above: Set<string>; found: ImageFile[] };

async function walk(folder: string, { prefix, above, found }: Walk): Promise<void> {
  const here = await Deno.realPath(folder);
  if (above.has(here)) return;
  const within = new Set(above).add(here);
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch((error) => {
    throw new Error(`Cannot read the folder ${folder}: ${error.message}`);
  });
  await Promise.all(entries.map(async ({ name, isFile }) => {
    if (name.startsWith(".")) return;
    const path = `${folder}/${name}`;
    const image = extensions.includes(name.slice(name.lastIndexOf(".")).toLowerCase());
    if (isFile && !image) return;
    const state = await Deno.stat(path).catch(() => null); // a link may lead nowhere
    if (state?.isDirectory) {
      await walk(path, { prefix: `${prefix}${name}/`, above: within, found });
    } else if (state && image) {
      found.push({
        path: prefix + name,
        size: state.size,
        changed: state.mtime?.getTime() ?? 0,
      });
    }
  }));
}
