import { createHash } from "node:crypto";
import { createReadStream, statfsSync } from "node:fs";
import { libraryNames } from "./library.ts";

/** A wheel of Python's package index that holds the two libraries. */
type Wheel = { package: string; version: string; platform: string; sha256: string };

/** The wheels that {@linkcode fetchLibrary} may use, by `Deno.build.target`. */
export const wheels: Record<string, Wheel> = {
  "x86_64-unknown-linux-gnu": {
    package: "tensorflow-cpu",
    version: "2.21.0",
    platform: "manylinux_2_27_x86_64",
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
  },
};

/** Bytes that a fetch needs on the disk for a while: the wheel and the two libraries of it. */
const neededBytes = 1.3e9;

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
};

/**
 * The folder that holds TensorFlow's C library: the one named by `MUGS_TENSORFLOW`, else the user's cache, else an
 * installed Python package `tensorflow`, else fetched once into the cache.
 *
 * @throws {Error} If it is nowhere and cannot be fetched: why, and what to do.
 */
export async function install(options: InstallOptions = {}): Promise<string> {
  const { python = "python3", log = (line) => console.error(line) } = options;
  const given = options.folder ?? Deno.env.get("MUGS_TENSORFLOW");
  if (given) {
    if (holdsLibrary(given)) return given;
    throw new Error(
      `Cannot find TensorFlow in the folder ${given} that MUGS_TENSORFLOW names: ` +
        `it holds no ${libraryNames().join(" and ")}`,
    );
  }
  const wheel = wheels[Deno.build.target];
  const cache = options.cache ?? userCache();
  if (wheel && cache) {
    const folder = cachedFolder(cache, wheel);
    if (holdsLibrary(folder)) return folder;
  }
  const installed = await pythonPackage(python);
  if (installed) return installed;
  if (!wheel || !cache) {
    throw new Error(
      `Cannot fetch TensorFlow's C library: none is pinned for ${Deno.build.target}; install the ` +
        `Python package tensorflow, or set MUGS_TENSORFLOW to a folder that holds ` +
        libraryNames().join(" and "),
    );
  }
  return await fetchLibrary(wheel, cache, python, log);
}

/** Whether both libraries lie in this folder. */
export function holdsLibrary(folder: string): boolean {
  return libraryNames().every((name) => {
    try {
      return Deno.statSync(`${folder}/${name}`).isFile;
    } catch {
      return false;
    }
  });
}

function cachedFolder(cache: string, { package: name, version, platform }: Wheel): string {
  return `${cache}/${name}-${version}-${platform}/tensorflow`;
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

/**
 * Downloads the wheel with pip, checks it, and unpacks the two libraries. The cache folder appears complete or not at
 * all: everything happens in a temporary folder beside it, which is renamed last.
 */
async function fetchLibrary(
  wheel: Wheel,
  cache: string,
  python: string,
  log: (line: string) => void,
): Promise<string> {
  const what = `${wheel.package} ${wheel.version}`;
  if (!(await run(python, ["-m", "pip", "--version"])).ok) {
    throw new Error(
      `Cannot fetch TensorFlow's C library: ${python} with pip was not found; install Python 3 ` +
        `with pip, or set MUGS_TENSORFLOW to a folder that holds ${libraryNames().join(" and ")}`,
    );
  }
  Deno.mkdirSync(cache, { recursive: true });
  const { bavail, bsize } = statfsSync(cache);
  const free = Number(bavail) * Number(bsize);
  if (free < neededBytes) {
    throw new Error(
      `Cannot fetch ${what}: it takes ${gigabytes(neededBytes)} in ${cache}, ` +
        `and ${gigabytes(free)} are free; make room, or set XDG_CACHE_HOME to another disk`,
    );
  }
  const temporary = Deno.makeTempDirSync({ dir: cache, prefix: ".fetch-" });
  try {
    log(`Fetching TensorFlow's C library once (${what}, 0.3 GB) into ${cache}`);
    await download(wheel, temporary, python);
    const file = [...Deno.readDirSync(temporary)].find(({ name }) => name.endsWith(".whl"));
    if (!file) throw new Error(`Cannot fetch ${what}: pip reported success but left no wheel`);
    const path = `${temporary}/${file.name}`;
    log("Checking and unpacking it");
    const found = await sha256(path);
    if (found !== wheel.sha256) {
      throw new Error(
        `Cannot use the downloaded ${what}: its SHA-256 is ${found}, and ${wheel.sha256} was ` +
          `expected; try again, and see that the package index is the official one`,
      );
    }
    await unpack(path, temporary, python);
    Deno.removeSync(path);
    const folder = cachedFolder(cache, wheel);
    try {
      Deno.renameSync(temporary, folder.slice(0, -"/tensorflow".length));
    } catch (error) {
      if (!holdsLibrary(folder)) throw error; // else another process was faster
    }
    return folder;
  } finally {
    if (exists(temporary)) Deno.removeSync(temporary, { recursive: true });
  }
}

async function download(wheel: Wheel, folder: string, python: string): Promise<void> {
  // deno-fmt-ignore
  const args = [
    "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check",
    "--python-version", "3.12", "--implementation", "cp", "--platform", wheel.platform,
    "--dest", folder, `${wheel.package}==${wheel.version}`,
  ];
  // pip draws its own progress bar: on stderr, since stdout belongs to the program's results.
  const pip = new Deno.Command(python, { args, stdin: "null", stdout: "piped", stderr: "inherit" });
  const child = pip.spawn();
  await child.stdout.pipeTo(Deno.stderr.writable, { preventClose: true });
  const { success, code } = await child.status;
  if (success) return;
  throw new Error(
    `Cannot download ${wheel.package} ${wheel.version}: pip ended with code ${code} (its words ` +
      `are above); check the network, or set MUGS_TENSORFLOW to a folder that holds the library`,
  );
}

async function unpack(wheel: string, folder: string, python: string): Promise<void> {
  const code = "import sys, zipfile\n" +
    "archive = zipfile.ZipFile(sys.argv[1])\n" +
    "for name in sys.argv[3:]: archive.extract('tensorflow/' + name, sys.argv[2])";
  const { ok, stderr } = await run(python, ["-c", code, wheel, folder, ...libraryNames()]);
  if (!ok) throw new Error(`Cannot unpack ${wheel}: ${stderr.trim().split("\n").at(-1)}`);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** Runs a program to its end; a program that does not exist counts as failed. */
async function run(program: string, args: string[]) {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, { args, stdin: "null" })
      .output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { ok: success, stdout: decode(stdout), stderr: decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return { ok: false, stdout: "", stderr: error.message };
    }
    throw error;
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
