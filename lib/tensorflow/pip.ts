import { fileSha256 } from "./contents.ts";
import { libraryNames } from "./library.ts";
import { networkOptions, pipEnvironment, pipOptions } from "./pip_options.ts";
import { isPython, pipVersion, type Python, pythons, runPython } from "./python.ts";
import type { Wheel } from "./wheels.ts";

/** Downloads one wheel into a folder. */
export type Download = (wheel: Wheel, folder: string) => Promise<void>;

/**
 * The first Python that runs, and where pip is needed has it.
 *
 * @param path The only one to try, where it is stated.
 * @throws {Error} If there is none: what was tried, and what to do.
 */
export async function choosePython(
  path: string | undefined,
  { withPip }: { withPip: boolean },
): Promise<Python> {
  const candidates = pythons(path);
  for (const python of candidates) {
    if (withPip ? await pipVersion(python) !== null : await isPython(python)) return python;
  }
  const paths = candidates.map(({ path }) => path).join(", ");
  throw new Error(
    `Cannot fetch TensorFlow's C library: ` +
      (paths ? `${paths} cannot be run with pip` : "there is no Python on PATH") +
      `; install Python 3 with pip, or uv, or set MUGS_TENSORFLOW to a folder that holds ` +
      libraryNames().join(" and "),
  );
}

/** The pip by which a library would be fetched. */
export type Pip = {
  version: string;
  /** The path of the Python that has it, or of uv. */
  path: string;
  /** Whether it reaches its index: asks for a small package, by the user's proxies and mirrors. */
  reachesIndex(): Promise<boolean>;
};

/** The first pip on `PATH`; or `null`. */
export async function findPip(): Promise<Pip | null> {
  for (const python of pythons()) {
    const version = await pipVersion(python);
    if (version === null) continue;
    const { path, pip } = python;
    return { version, path, reachesIndex: () => reachesIndex(pip) };
  }
  return null;
}

async function reachesIndex(pip: readonly string[]): Promise<boolean> {
  // deno-fmt-ignore
  const args = [
    "index", "versions", "pip", ...pipOptions, ...await networkOptions(pip),
    "--retries", "0", "--timeout", "10",
  ];
  return (await runPython(pip, args, pipEnvironment)).ok;
}

/** Downloads by a Python's pip, which knows the user's proxies and mirrors. */
export function pipDownload({ pip }: Pick<Python, "pip">): Download {
  return async (wheel, folder) => {
    // deno-fmt-ignore
    const args = [
      "download", ...pipOptions, "--no-deps", "--only-binary=:all:",
      "--no-cache-dir", "--retries", "2", "--quiet",
      "--python-version", "3.12", "--implementation", "cp", "--platform", wheel.platform,
      ...await networkOptions(pip),
      "--dest", folder, `${wheel.package}==${wheel.version}`,
    ];
    // In this folder pip's temporary files are removed with ours, even if pip is killed.
    const { ok, stderr } = await runPython(pip, args, { ...pipEnvironment, TMPDIR: folder });
    if (ok) return;
    const line = stderr.split("\n").findLast((line) => line.startsWith("ERROR: ")) ?? stderr;
    const reason = line.replace("ERROR: ", "").trim() || "pip failed";
    throw new Error(
      `Cannot download ${wheel.package} ${wheel.version}: ${reason}; check the network, or set ` +
        `MUGS_TENSORFLOW to a folder that holds the library`,
    );
  };
}

/**
 * The path of the wheel that lies in a folder.
 *
 * @throws {Error} If there is none, or one of another content than the pinned one.
 */
export async function verifiedWheel(wheel: Wheel, folder: string): Promise<string> {
  const subject = `${wheel.package} ${wheel.version}`;
  const file = [...Deno.readDirSync(folder)].find(({ name }) => name.endsWith(".whl"));
  if (!file) throw new Error(`Cannot fetch ${subject}: the download succeeded but left no wheel`);
  const path = `${folder}/${file.name}`;
  const digest = await fileSha256(path);
  if (digest === wheel.sha256) return path;
  throw new Error(
    `Cannot use the downloaded ${subject}: its SHA-256 is ${digest}, and ${wheel.sha256} was ` +
      `expected; try again, and make sure that the package index is the official one`,
  );
}

/**
 * Unpacks TensorFlow's two libraries and, except for headers, NVIDIA's packages; removes the wheel.
 */
export async function unpack(
  wheel: string,
  folder: string,
  { python }: Pick<Python, "python">,
): Promise<void> {
  // zipfile does not restore which files are executable, and XLA runs NVIDIA's assembler.
  const code = "import os, sys, zipfile\n" +
    "archive = zipfile.ZipFile(sys.argv[1])\n" +
    "wanted = ['tensorflow/' + name for name in sys.argv[3:]]\n" +
    "for info in archive.infolist():\n" +
    "    name = info.filename\n" +
    "    if name in wanted or name.startswith('nvidia/') and '/include/' not in name:\n" +
    "        path = archive.extract(info, sys.argv[2])\n" +
    "        if '/bin/' in name: os.chmod(path, 0o755)";
  const { ok, stderr } = await runPython(python, ["-c", code, wheel, folder, ...libraryNames()]);
  if (!ok) throw new Error(`Cannot unpack ${wheel}: ${stderr.trim().split("\n").at(-1)}`);
  Deno.removeSync(wheel);
}
