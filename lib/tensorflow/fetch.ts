import { statfsSync } from "node:fs";
import { fileSize, fileSizes, isAsNoted, noteContents } from "./contents.ts";
import { libraryNames } from "./library.ts";
import { choosePython, type Download, pipDownload, unpack, verifiedWheel } from "./pip.ts";
import type { WheelBundle } from "./wheels.ts";

/** How a bundle is fetched. */
export type FetchOptions = {
  /** The folder in which every bundle gets a folder of its own. */
  cache: string;
  /**
   * The Python that unpacks the wheels and, unless `download` is stated, downloads them by pip; by
   * default the first on `PATH` that can.
   */
  python?: string;
  /** Receives messages about the progress, one line at a time. */
  log: (line: string) => void;
  download?: Download;
};

/** The folder of a bundle's two libraries once it is fetched. */
export function folderOf(bundle: WheelBundle, cache: string): string {
  return `${cache}/${bundle.name}/tensorflow`;
}

/** Whether both libraries lie in this folder. */
export function holdsLibrary(folder: string): boolean {
  return libraryNames().every((name) => fileSize(`${folder}/${name}`) !== undefined);
}

/** Whether a bundle is in the cache, and undamaged as far as its list of contents tells. */
export async function isWhole(bundle: WheelBundle, cache: string): Promise<boolean> {
  return holdsLibrary(folderOf(bundle, cache)) && await isAsNoted(`${cache}/${bundle.name}`);
}

/** Removes a bundle from the cache, because it cannot be used. */
export function discard(bundle: WheelBundle, cache: string): void {
  Deno.removeSync(`${cache}/${bundle.name}`, { recursive: true });
}

/**
 * Downloads a bundle's wheels, verifies them, and unpacks the libraries. The bundle's folder
 * appears complete or not at all: everything happens in a temporary folder beside it, which is
 * renamed last. One process fetches at a time; the others wait for it and use its result. What a
 * killed process left behind is removed.
 *
 * @returns The folder of the libraries.
 * @throws {Error} If it cannot be fetched: why, and what to do. Nothing is left behind.
 */
export async function fetchBundle(bundle: WheelBundle, options: FetchOptions): Promise<string> {
  const { cache, log } = options;
  const folder = folderOf(bundle, cache);
  makeCache(cache);
  using _lock = await lockCache(cache, log);
  if (await isWhole(bundle, cache)) return folder; // another process was faster
  for (const { name } of [...Deno.readDirSync(cache)]) {
    if (name.startsWith(".fetch-")) Deno.removeSync(`${cache}/${name}`, { recursive: true });
  }
  checkDisk(bundle, cache);
  const python = await choosePython(options.python, { withPip: !options.download });
  const download = options.download ?? pipDownload(python);
  const temporary = Deno.makeTempDirSync({ dir: cache, prefix: ".fetch-" });
  try {
    const size = gigabytes(bundle.download);
    log(`Fetching TensorFlow's C library once (${bundle.what}, ${size}) into ${cache}`);
    using _progress = reportProgress(temporary, log);
    for (const wheel of bundle.wheels) {
      await download(wheel, temporary);
      await unpack(await verifiedWheel(wheel, temporary), temporary, python);
    }
    if (!holdsLibrary(`${temporary}/tensorflow`)) {
      throw new Error(`Cannot use ${bundle.what}: it holds no ${libraryNames().join(" and ")}`);
    }
    await noteContents(temporary);
    if (fileSize(`${cache}/${bundle.name}`) !== undefined) discard(bundle, cache); // a damaged one
    Deno.renameSync(temporary, `${cache}/${bundle.name}`);
    return folder;
  } finally {
    if (fileSize(temporary) !== undefined) Deno.removeSync(temporary, { recursive: true });
  }
}

function makeCache(cache: string): void {
  try {
    Deno.mkdirSync(cache, { recursive: true });
  } catch (cause) {
    throw cannotKeep(cache, cause);
  }
}

function cannotKeep(cache: string, cause: unknown): Error {
  return new Error(
    `Cannot keep TensorFlow's C library in ${cache}: ${(cause as Error).message}; ` +
      `set XDG_CACHE_HOME to a folder that can be written to`,
    { cause },
  );
}

/**
 * Waits until no other process fetches. The operating system releases the lock when its process
 * ends, for whatever reason.
 */
async function lockCache(cache: string, log: (line: string) => void): Promise<Disposable> {
  const file = openLock(cache);
  try {
    if (!await file.tryLock(true)) {
      log("Another process is fetching TensorFlow's C library: waiting for it");
      await file.lock(true);
    }
  } catch {
    // A file system without locks: two processes would fetch, and the first result is used.
  }
  return { [Symbol.dispose]: () => file.close() };
}

function openLock(cache: string): Deno.FsFile {
  try {
    return Deno.openSync(`${cache}/lock`, { create: true, write: true });
  } catch (cause) {
    throw cannotKeep(cache, cause); // a folder that is there and may only be read
  }
}

function checkDisk({ what, needed }: WheelBundle, cache: string): void {
  const { bavail, bsize } = statfsSync(cache);
  const free = Number(bavail) * Number(bsize);
  if (free >= needed) return;
  throw new Error(
    `Cannot fetch ${what}: it takes ${gigabytes(needed)} in ${cache}, and ${gigabytes(free)} ` +
      `are free; make room, or set XDG_CACHE_HOME to another disk`,
  );
}

/** Reports every few seconds how much has arrived: pip shows no progress to another program. */
function reportProgress(folder: string, log: (line: string) => void): Disposable {
  let reported = 0;
  const timer = setInterval(() => {
    let bytes = 0;
    try {
      bytes = Object.values(fileSizes(folder)).reduce((sum, size) => sum + size, 0);
    } catch {
      // A file has disappeared since the folder was listed.
    }
    if (bytes <= reported) return;
    reported = bytes;
    log(`${Math.round(bytes / 1e6)} MB downloaded and unpacked`);
  }, 5000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
