import { fileSha256 } from "./contents.ts";
import { libraryNames } from "./library.ts";
import { run } from "./run.ts";
import type { Wheel } from "./wheels.ts";

/** Downloads one wheel into a folder. */
export type Download = (wheel: Wheel, folder: string) => Promise<void>;

/**
 * Downloads by pip, which knows the user's proxies and mirrors.
 *
 * @throws {Error} If pip cannot be run; the download throws pip's reason if it fails.
 */
export async function pip(python: string): Promise<Download> {
  if (!(await run(python, ["-m", "pip", "--version"])).ok) {
    throw new Error(
      `Cannot fetch TensorFlow's C library: ${python} with pip cannot be run; install Python 3 ` +
        `with pip, or set MUGS_TENSORFLOW to a folder that holds ${libraryNames().join(" and ")}`,
    );
  }
  return async (wheel, folder) => {
    // deno-fmt-ignore
    const args = [
      "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check",
      "--no-input", "--no-cache-dir", "--retries", "2", "--quiet",
      "--python-version", "3.12", "--implementation", "cp", "--platform", wheel.platform,
      "--dest", folder, `${wheel.package}==${wheel.version}`,
    ];
    // In this folder pip's temporary files are removed with ours, even if pip is killed.
    const { ok, stderr } = await run(python, args, { TMPDIR: folder });
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
export async function unpack(wheel: string, folder: string, python: string): Promise<void> {
  // zipfile does not restore which files are executable, and XLA runs NVIDIA's assembler.
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
