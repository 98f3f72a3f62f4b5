import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import { opening } from "./contents.ts";
import { type Device, gpuNumber } from "./device.ts";
import { discard, fetchBundle, folderOf, holdsLibrary, isWhole } from "./fetch.ts";
import { libraryNames } from "./library.ts";
import { bundles, findGpu, type Gpu, thisMachine } from "./machine.ts";
import type { Download } from "./pip.ts";
import { pythons, runPython } from "./python.ts";
import type { WheelBundle } from "./wheels.ts";

/** Where the library may lie, and how it is fetched; the environment states what is left out. */
export type InstallOptions = {
  /** The first place: a folder with the two libraries; by default that of `MUGS_TENSORFLOW`. */
  folder?: string;
  /** Where a fetched library is kept; by default `mugs` in the user's cache folder. */
  cache?: string;
  /**
   * The Python whose packages are looked at, and by which the library is fetched; by default those
   * on `PATH`.
   */
  python?: string;
  /** Receives messages about the progress, one line at a time. */
  log?: (line: string) => void;
  /** The device on which it will run; for the processor no library of CUDA is fetched. */
  device?: Device;
  /** What may be fetched, the best first; by default what fits this machine. */
  bundles?: readonly WheelBundle[];
  /** Fetches a wheel instead of pip. */
  download?: Download;
};

/** An installed library. */
export type Installed = {
  /** The folder of the two libraries. */
  folder: string;
  /** The machine's GPU, whether or not the library can use it. */
  gpu?: Gpu;
  /**
   * Marks a library in the cache as being opened: if the process dies of that, the next one
   * compares the library with what was fetched.
   */
  opening?: () => Disposable;
  /** Removes a library from the cache, so that it can be fetched anew. */
  discard?: () => void;
};

/**
 * Locates TensorFlow's C library: in the folder named by `MUGS_TENSORFLOW`, else in the user's
 * cache, else in an installed Python package `tensorflow`; `null` if it would have to be fetched.
 *
 * @throws {Error} If the named folder does not hold it.
 */
export async function locateLibrary(options: InstallOptions = {}): Promise<Installed | null> {
  const { gpu, cached } = choices(options);
  const named = options.folder ?? Deno.env.get("MUGS_TENSORFLOW");
  if (named) return { folder: namedFolder(named), gpu };
  // A library for processors does not do where a better one could be fetched; every one runs on
  // them.
  for (
    const { bundle, cache, installed } of onProcessor(options) ? cached : cached.slice(0, 1)
  ) {
    if (await isWhole(bundle, cache)) return installed;
  }
  const folder = await pythonPackage(options.python);
  return folder ? { folder, gpu } : null;
}

/**
 * Locates TensorFlow's C library as {@linkcode locateLibrary} does. Where it is missing, it is
 * fetched once into the cache; a damaged one in the cache is fetched anew.
 *
 * @throws {Error} If it is missing and cannot be fetched: why, and what to do.
 */
export async function install(options: InstallOptions = {}): Promise<Installed> {
  const { python, log = (line) => console.error(line), download } = options;
  const located = await locateLibrary(options);
  if (located) return located;
  const { cached } = choices(options);
  const failures: Error[] = [];
  for (const { bundle, cache, installed } of cached) {
    if (await isWhole(bundle, cache)) return installed;
    if (holdsLibrary(installed.folder)) log(`${installed.folder} is damaged: fetching it anew`);
    try {
      await fetchBundle(bundle, { cache, python, log, download });
      return installed;
    } catch (error) {
      failures.push(error as Error);
      if (failures.length < cached.length) {
        log(`${(error as Error).message}; continuing without the GPU`);
      }
    }
  }
  throw failures.at(-1) ?? new Error(nothingToFetch(options));
}

/** What may be fetched into the cache, the best first, and what it would be once it is there. */
function choices({ cache = userCache(), bundles: requested, device }: InstallOptions) {
  const gpu = findGpu(thisMachine);
  if (!cache) return { gpu, cached: [] };
  const best = requested ?? bundles({ target: Deno.build.target, gpu });
  const fitting = onProcessor({ device }) ? best.toReversed() : best;
  const cached = fitting.map((bundle) => {
    const installed: Installed = {
      folder: folderOf(bundle, cache),
      gpu,
      opening: () => opening(`${cache}/${bundle.name}`),
      discard: () => discard(bundle, cache),
    };
    return { bundle, cache, installed };
  });
  return { gpu, cached };
}

function onProcessor({ device }: InstallOptions): boolean {
  return device !== undefined && gpuNumber(device) === undefined;
}

function nothingToFetch({ cache = userCache() }: InstallOptions): string {
  return cache
    ? `Cannot fetch TensorFlow's C library: none is published for ${Deno.build.target}; install ` +
      `the Python package tensorflow, or set MUGS_TENSORFLOW to a folder that holds ` +
      libraryNames().join(" and ")
    : "Cannot keep TensorFlow's C library: neither HOME nor XDG_CACHE_HOME names a folder; set one of them";
}

/** The folder that the user names, relative to where the task was called (`INIT_CWD`). */
function namedFolder(folder: string): string {
  const path = isAbsolute(folder) ? folder : `${Deno.env.get("INIT_CWD") ?? Deno.cwd()}/${folder}`;
  if (holdsLibrary(path)) return path;
  throw new Error(
    `Cannot find TensorFlow in the folder ${path} that MUGS_TENSORFLOW names: ` +
      `it holds no ${libraryNames().join(" and ")}`,
  );
}

/** This program's folder in the user's cache; undefined if neither environment nor system tell. */
export function userCache(): string | undefined {
  const named = Deno.env.get("XDG_CACHE_HOME") ?? "";
  if (isAbsolute(named)) return `${named}/mugs`; // others do not count, by the XDG specification
  const home = homeFolder();
  return home && `${home}/${Deno.build.os === "darwin" ? "Library/Caches" : ".cache"}/mugs`;
}

/** The user's folder, where `HOME` is not set as the system has it. */
function homeFolder(): string | undefined {
  const named = Deno.env.get("HOME");
  if (named) return named;
  try {
    return homedir() || undefined;
  } catch {
    return undefined; // the system may not be asked
  }
}

/** The folder of an installed Python package `tensorflow`, located without importing it. */
async function pythonPackage(path: string | undefined): Promise<string | undefined> {
  const code = "import importlib.util as u; s = u.find_spec('tensorflow'); " +
    "print(s.submodule_search_locations[0] if s else '')";
  for (const { path: program, python } of pythons(path)) {
    if (python.length > 1) continue; // uv's Pythons have no packages
    // Here it may name where packages lie.
    const variables = { PYTHONPATH: Deno.env.get("PYTHONPATH") ?? "" };
    const { ok, stdout } = await runPython([program], ["-c", code], variables);
    const folder = stdout.trim();
    if (ok && folder && holdsLibrary(folder)) return folder;
  }
}
