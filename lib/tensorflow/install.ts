import { opening } from "./contents.ts";
import { discard, fetchBundle, folderOf, holdsLibrary, isWhole } from "./fetch.ts";
import { libraryNames } from "./library.ts";
import type { Download } from "./pip.ts";
import { bundles, findGpu, type Gpu, thisMachine } from "./machine.ts";
import { run } from "./run.ts";
import type { Bundle } from "./wheels.ts";

/** Where the library may lie and what may be run to get it; all from the environment unless given. */
export type InstallOptions = {
  /** Looked at first: the environment variable `MUGS_TENSORFLOW`, a folder with the two libraries. */
  folder?: string;
  /** Where a fetched library is kept; by default `mugs` in the user's cache folder. */
  cache?: string;
  /** The Python to look into and to fetch with. */
  python?: string;
  /** Told what happens, one line at a time. */
  log?: (line: string) => void;
  /** What may be fetched, the best first; by default what fits this machine. */
  bundles?: readonly Bundle[];
  /** Fetches a wheel instead of pip. */
  download?: Download;
};

/** Where the library lies. */
export type Installed = {
  folder: string;
  /** The GPU that was found, whether or not the library can use it. */
  gpu?: Gpu;
  /** Marks it as being opened where it was fetched into the cache: if the process dies of that, the next one looks closer. */
  opening?: () => Disposable;
  /** Removes it where it was fetched into the cache, so that it can be fetched anew. */
  discard?: () => void;
};

/**
 * Where TensorFlow's C library lies: in the folder named by `MUGS_TENSORFLOW`, else in the user's cache, else in an installed
 * Python package `tensorflow`; `null` if it would have to be fetched.
 *
 * @throws {Error} If the folder that is named does not hold it.
 */
export async function locate(options: InstallOptions = {}): Promise<Installed | null> {
  const { gpu, cache, fitting } = facts(options);
  const given = options.folder ?? Deno.env.get("MUGS_TENSORFLOW");
  if (given) return { folder: named(given), gpu };
  const [best] = fitting;
  if (best && await isWhole(best, cache!)) return fetched(best, cache!, gpu);
  const folder = await pythonPackage(options.python ?? "python3");
  return folder ? { folder, gpu } : null;
}

/**
 * Finds TensorFlow's C library as {@linkcode locate} does; where it is not, it is fetched once into the cache. A damaged one
 * in the cache is fetched anew.
 *
 * @throws {Error} If it is nowhere and cannot be fetched: why, and what to do.
 */
export async function install(options: InstallOptions = {}): Promise<Installed> {
  const { python = "python3", log = (line) => console.error(line), download } = options;
  const located = await locate(options);
  if (located) return located;
  const { gpu, cache, fitting } = facts(options);
  const failures: Error[] = [];
  for (const [i, bundle] of fitting.entries()) {
    const found = fetched(bundle, cache!, gpu);
    if (await isWhole(bundle, cache!)) return found;
    if (holdsLibrary(found.folder)) log(`${found.folder} is damaged: fetching it anew`);
    try {
      await fetchBundle(bundle, { cache: cache!, python, log, download });
      return found;
    } catch (error) {
      failures.push(error as Error);
      if (i + 1 < fitting.length) log(`${(error as Error).message}; going on without the GPU`);
    }
  }
  if (failures.length) throw failures.at(-1);
  throw new Error(
    cache
      ? `Cannot fetch TensorFlow's C library: none is known for ${Deno.build.target}; install the ` +
        `Python package tensorflow, or set MUGS_TENSORFLOW to a folder that holds ` +
        libraryNames().join(" and ")
      : "Cannot keep TensorFlow's C library: neither HOME nor XDG_CACHE_HOME is set; set one of them",
  );
}

/** The GPU, the cache, and what may be fetched into it, the best first. */
function facts({ cache = userCache(), bundles: given }: InstallOptions) {
  const gpu = findGpu(thisMachine);
  return { gpu, cache, fitting: cache ? given ?? bundles({ target: Deno.build.target, gpu }) : [] };
}

function fetched(bundle: Bundle, cache: string, gpu?: Gpu): Installed {
  return {
    folder: folderOf(bundle, cache),
    gpu,
    opening: () => opening(`${cache}/${bundle.name}`),
    discard: () => discard(bundle, cache),
  };
}

/** The folder that the user names: `deno task` runs in the project's folder and notes where it was called. */
function named(folder: string): string {
  const absolute = folder.startsWith("/") || /^[A-Za-z]:[\\/]/.test(folder);
  const path = absolute ? folder : `${Deno.env.get("INIT_CWD") ?? Deno.cwd()}/${folder}`;
  if (holdsLibrary(path)) return path;
  throw new Error(
    `Cannot find TensorFlow in the folder ${path} that MUGS_TENSORFLOW names: ` +
      `it holds no ${libraryNames().join(" and ")}`,
  );
}

/** The folder of this program in the user's cache; undefined if the environment does not tell. */
export function userCache(): string | undefined {
  const home = Deno.env.get("HOME");
  const base = Deno.env.get("XDG_CACHE_HOME") ||
    (home && (Deno.build.os === "darwin" ? `${home}/Library/Caches` : `${home}/.cache`));
  return base && `${base}/mugs`;
}

/** The folder of an installed Python package `tensorflow`, found without importing it. */
async function pythonPackage(python: string): Promise<string | undefined> {
  const code = "import importlib.util as u; s = u.find_spec('tensorflow'); " +
    "print(s.submodule_search_locations[0] if s else '')";
  const { ok, stdout } = await run(python, ["-c", code]);
  const folder = stdout.trim();
  return ok && folder && holdsLibrary(folder) ? folder : undefined;
}
