import { sha256 } from "./contents.ts";
import { libraryNames } from "./library.ts";
import { run } from "./run.ts";
import type { Wheel } from "./wheels.ts";

/** Brings one wheel into a folder. */
export type Download = (wheel: Wheel, folder: string) => Promise<void>;

/**
 * Downloads by pip, which knows the user's proxies and mirrors.
 *
 * @throws {Error} If it cannot be run, and from the download if that fails: its reason.
 */
export async function pip(python: string): Promise<Download> {
  if (!(await run(python, ["-m", "pip", "--version"])).ok) {
    throw new Error(
      `Cannot fetch TensorFlow's C library: ${python} with pip cannot be run; install Python 3 ` +
        `with pip, or set MUGS_TENSORFLOW to a folder that holds ${libraryNames().join(" and ")}`,
    );
  }
  return async (wheel, folder) => {
    const what = `${wheel.package} ${wheel.version}`;
    // deno-fmt-ignore
    const args = [
      "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check",
      "--no-input", "--no-cache-dir", "--retries", "2", "--quiet",
      "--python-version", "3.12", "--implementation", "cp", "--platform", wheel.platform,
      "--dest", folder, `${wheel.package}==${wheel.version}`,
    ];
    // Its temporary files are then removed with ours, also after it was killed.
    const { ok, stderr } = await run(python, args, { TMPDIR: folder });
    if (ok) return;
    const reason = stderr.split("\n").findLast((line) => line.startsWith("ERROR: ")) ?? stderr;
    throw new Error(
      `Cannot download ${what}: ${reason.replace("ERROR: ", "").trim() || "pip failed"}; check ` +
        `the network, or set MUGS_TENSORFLOW to a folder that holds the library`,
    );
  };
}

/**
 * The path of the wheel that lies in a folder.
 *
 * @throws {Error} If there is none, or not the one that is pinned.
 */
export async function checked(wheel: Wheel, folder: string): Promise<string> {
  const what = `${wheel.package} ${wheel.version}`;
  const file = [...Deno.readDirSync(folder)].find(({ name }) => name.endsWith(".whl"));
  if (!file) throw new Error(`Cannot fetch ${what}: the download succeeded but left no wheel`);
  const path = `${folder}/${file.name}`;
  const found = await sha256(path);
  if (found === wheel.sha256) return path;
  throw new Error(
    `Cannot use the downloaded ${what}: its SHA-256 is ${found}, and ${wheel.sha256} was ` +
      `expected; try again, and see that the package index is the official one`,
  );
}

/** Unpacks TensorFlow's two libraries, and of NVIDIA's packages all but their headers; the wheel is removed. */
export async function unpack(wheel: string, folder: string, python: string): Promise<void> {
  // zipfile forgets which files are programs: XLA runs the assembler of NVIDIA's compiler.
  const code = "import os, sys, zipfile\n" +
    "archive = zipfile.ZipFile(sys.argv[1])\n" +
    "wanted = ['tensorflow/' + name for name in sys.argv[3:]]\n" +
    "for info in archive.infolist():\n" +
    "    name = info.filename\n" +
    "    if name in wanted or name.startswith('nvidia/') and '/include/' not in name:\n" +
    "        path = archive.extract(info, sys.argv[2])\n" +
    "        if '/bin/' in name: os.chmod(path, 0o755)";
  const { ok, stderr } = await run(python, ["-c", code, wheel, folder, ...libraryNames()]);
  if (!ok) throw new Error(`Cannot unpack ${wheel}: ${stderr.trim().split("\n").at(-1)}`);
  Deno.removeSync(wheel);
}
