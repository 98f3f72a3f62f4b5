import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** The files of a fetched folder by path, each with its size in bytes and its SHA-256. */
type Contents = Record<string, { size: number; sha256: string }>;

/** The list of the contents, in the folder itself. */
const file = "contents.json";

/** Exists while a process opens the library: a process that dies of it leaves it behind. */
const mark = "opening";

/**
 * Writes the list of a folder's contents, once they are on the disk itself: a machine that goes
 * down would leave files of the right size without their content.
 */
export async function noteContents(folder: string): Promise<void> {
  const contents: Contents = {};
  for (const [name, size] of Object.entries(fileSizes(folder))) {
    using written = Deno.openSync(`${folder}/${name}`);
    written.syncDataSync();
    contents[name] = { size, sha256: await fileSha256(`${folder}/${name}`) };
  }
  Deno.writeTextFileSync(`${folder}/${file}`, JSON.stringify(contents));
}

/**
 * Whether a folder holds what its list says: compared by size, which costs nothing, and also by
 * SHA-256 if a process died while it opened the library.
 */
export async function isAsNoted(folder: string): Promise<boolean> {
  let contents: Contents;
  try {
    contents = JSON.parse(Deno.readTextFileSync(`${folder}/${file}`));
  } catch (error) {
    return error instanceof Deno.errors.NotFound; // fetched by a version that wrote no list
  }
  const files = Object.entries(contents);
  if (!files.every(([name, { size }]) => fileSize(`${folder}/${name}`) === size)) return false;
  if (fileSize(`${folder}/${mark}`) === undefined) return true;
  for (const [name, { sha256: expected }] of files) {
    if (await fileSha256(`${folder}/${name}`) !== expected) return false;
  }
  return true;
}

/** Marks the library in a folder as being opened, until disposed of. */
export function opening(folder: string): Disposable {
  try {
    Deno.writeTextFileSync(`${folder}/${mark}`, "");
  } catch {
    return { [Symbol.dispose]() {} }; // a shared cache that may not be written to
  }
  return {
    [Symbol.dispose]() {
      try {
        Deno.removeSync(`${folder}/${mark}`);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error; // another process was first
      }
    },
  };
}

/** The SHA-256 of a file. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

/** Bytes of the files in a folder and its subfolders, by path. */
export function fileSizes(folder: string, prefix = ""): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${prefix}`)) {
    if (isDirectory) Object.assign(sizes, fileSizes(folder, `${prefix}${name}/`));
    else sizes[prefix + name] = Deno.statSync(`${folder}/${prefix}${name}`).size;
  }
  return sizes;
}

/** Bytes of the file at a path; undefined if there is none. */
export function fileSize(path: string): number | undefined {
  try {
    return Deno.statSync(path).size;
  } catch {
    return undefined;
  }
}
