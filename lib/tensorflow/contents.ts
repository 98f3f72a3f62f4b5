import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** What a fetched folder holds: its files by path, each with its size in bytes and its SHA-256. */
type Contents = Record<string, { size: number; sha256: string }>;

/** Where that is noted, in the folder itself. */
const file = "contents.json";

/** Lies there while a process opens the library: one that has died of it leaves it behind. */
const mark = "opening";

/**
 * Notes what a folder holds, once that is on the disk itself: a machine that goes down would leave files of the right size
 * without their content.
 */
export async function noteContents(folder: string): Promise<void> {
  const contents: Contents = {};
  for (const [name, size] of Object.entries(sizesIn(folder))) {
    using written = Deno.openSync(`${folder}/${name}`);
    written.syncDataSync();
    contents[name] = { size, sha256: await sha256(`${folder}/${name}`) };
  }
  Deno.writeTextFileSync(`${folder}/${file}`, JSON.stringify(contents));
}

/**
 * Whether a folder holds what was noted: by the sizes, which costs nothing, and by the digests too where a process died while
 * it opened the library.
 */
export async function isAsNoted(folder: string): Promise<boolean> {
  let contents: Contents;
  try {
    contents = JSON.parse(Deno.readTextFileSync(`${folder}/${file}`));
  } catch (error) {
    return error instanceof Deno.errors.NotFound; // fetched before contents were noted
  }
  const noted = Object.entries(contents);
  if (!noted.every(([name, { size }]) => sizeOf(`${folder}/${name}`) === size)) return false;
  if (sizeOf(`${folder}/${mark}`) === undefined) return true;
  for (const [name, { sha256: expected }] of noted) {
    if (await sha256(`${folder}/${name}`) !== expected) return false;
  }
  return true;
}

/** Marks the library in a folder as being opened, until disposed of. */
export function opening(folder: string): Disposable {
  try {
    Deno.writeTextFileSync(`${folder}/${mark}`, "");
  } catch {
    return { [Symbol.dispose]() {} }; // a cache that is shared and may not be written to
  }
  return {
    [Symbol.dispose]() {
      if (sizeOf(`${folder}/${mark}`) !== undefined) Deno.removeSync(`${folder}/${mark}`);
    },
  };
}

/** The SHA-256 of a file. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

/** Bytes of the files in a folder and below. */
export function sizesIn(folder: string, prefix = ""): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${prefix}`)) {
    if (isDirectory) Object.assign(sizes, sizesIn(folder, `${prefix}${name}/`));
    else sizes[prefix + name] = Deno.statSync(`${folder}/${prefix}${name}`).size;
  }
  return sizes;
}

/** Bytes of what lies at a path; undefined if nothing does. */
export function sizeOf(path: string): number | undefined {
  try {
    return Deno.statSync(path).size;
  } catch {
    return undefined;
  }
}
