import { statfsSync } from "node:fs";
import { isAsNoted, noteContents, sizeOf, sizesIn } from "./contents.ts";
import { libraryNames } from "./library.ts";
import { checked, type Download, pip, unpack } from "./pip.ts";
import type { Bundle } from "./wheels.ts";

/** How a bundle is fetched. */
export type FetchOptions = {
  /** The folder in which every bundle gets one of its own. */
  cache: string;
  python: string;
  log: (line: string) => void;
  download?: Download;
};

/** Where a bundle lies once it is fetched. */
export function folderOf(bundle: Bundle, cache: string): string {
  return `${cache}/${bundle.name}/tensorflow`;
}

/** Whether both libraries lie in this folder. */
export function holdsLibrary(folder: string): boolean {
  return libraryNames().every((name) => sizeOf(`${folder}/${name}`) !== undefined);
}

/** Whether a fetched bundle is there, and undamaged as far as is known. */
export async function isWhole(bundle: Bundle, cache: string): Promise<boolean> {
  return holdsLibrary(folderOf(bundle, cache)) && await isAsNoted(`${cache}/${bundle.name}`);
}

/** Removes a fetched bundle, because it cannot be used. */
export function discard(bundle: Bundle, cache: string): void {
  Deno.removeSync(`${cache}/${bundle.name}`, { recursive: true });
}

/**
 * Downloads a bundle's wheels, checks them, and unpacks the libraries. The bundle's folder appears complete or not at all:
 * everything happens in a temporary folder beside it, which is renamed last. One process fetches at a time, the others wait
 * for it and use what it has brought; what a killed one left behind is removed.
 *
 * @throws {Error} If it cannot be fetched: why, and what to do. Nothing is left behind.
 */
export async function fetchBundle(bundle: Bundle, options: FetchOptions): Promise<string> {
  const { cache, python, log } = options;
  const folder = folderOf(bundle, cache);
  makeCache(cache);
  using _lock = await lockCache(cache, log);
  if (await isWhole(bundle, cache)) return folder; // another process was faster
  for (const { name } of [...Deno.readDirSync(cache)]) {
    if (name.startsWith(".fetch-")) Deno.removeSync(`${cache}/${name}`, { recursive: true });
  }
  checkDisk(bundle, cache);
  const download = options.download ?? await pip(python);
  const temporary = Deno.makeTempDirSync({ dir: cache, prefix: ".fetch-" });
  try {
    log(
      `Fetching TensorFlow's C library once (${bundle.what}, ${
        gigabytes(bundle.download)
      }) into ${cache}`,
    );
    using _progress = tellProgress(temporary, log);
    for (const wheel of bundle.wheels) {
      await download(wheel, temporary);
      await unpack(await checked(wheel, temporary), temporary, python);
    }
    if (!holdsLibrary(`${temporary}/tensorflow`)) {
      throw new Error(`Cannot use ${bundle.what}: it holds no ${libraryNames().join(" and ")}`);
    }
    await noteContents(temporary);
    if (sizeOf(`${cache}/${bundle.name}`) !== undefined) discard(bundle, cache); // a damaged one
    Deno.renameSync(temporary, `${cache}/${bundle.name}`);
    return folder;
  } finally {
    if (sizeOf(temporary) !== undefined) Deno.removeSync(temporary, { recursive: true });
  }
}

function makeCache(cache: string): void {
  try {
    Deno.mkdirSync(cache, { recursive: true });
  } catch (cause) {
    throw new Error(
      `Cannot keep TensorFlow's C library in ${cache}: ${(cause as Error).message}; ` +
        `set XDG_CACHE_HOME to a folder that can be written to`,
      { cause },
    );
  }
}

/** Waits until no other process fetches. The operating system ends the lock with its process, however that ends. */
async function lockCache(cache: string, log: (line: string) => void): Promise<Disposable> {
  const file = Deno.openSync(`${cache}/lock`, { create: true, write: true });
  try {
    if (!await file.tryLock(true)) {
      log("Another process is fetching TensorFlow's C library: waiting for it");
      await file.lock(true);
    }
  } catch {
    // A file system without locks: two would fetch, and the one that is first is used.
  }
  return { [Symbol.dispose]: () => file.close() };
}

function checkDisk({ what, needed }: Bundle, cache: string): void {
  const { bavail, bsize } = statfsSync(cache);
  const free = Number(bavail) * Number(bsize);
  if (free >= needed) return;
  throw new Error(
    `Cannot fetch ${what}: it takes ${gigabytes(needed)} in ${cache}, and ${gigabytes(free)} ` +
      `are free; make room, or set XDG_CACHE_HOME to another disk`,
  );
}

/** Says now and then how much has arrived: pip tells nothing to a program that listens. */
function tellProgress(folder: string, log: (line: string) => void): Disposable {
  let before = 0;
  const timer = setInterval(() => {
    let arrived = 0;
    try {
      arrived = Object.values(sizesIn(folder)).reduce((sum, size) => sum + size, 0);
    } catch {
      // A file has gone while its size was asked for.
    }
    if (arrived > before) log(`${Math.round((before = arrived) / 1e6)} MB downloaded and unpacked`);
  }, 5000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
