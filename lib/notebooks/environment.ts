import { neutral } from "./neutral.ts";

/** The project's folder. */
export const projectFolder: string = decodeURIComponent(
  new URL("../../", import.meta.url).pathname.replace(/\/$/, ""),
);

/** A virtual environment of Python with JupyterLab, Plotly's renderer and Deno's kernel. */
export type Environment = {
  folder: string;
  /** The path of one of its programs. */
  program(name: string): string;
};

/** Where an environment is made, of what, and how progress is reported. */
export type EnvironmentOptions = {
  /** By default `.venv` in the project. */
  folder?: string;
  /** The Python to make it with. */
  python?: string;
  /** The packages, pinned, as pip reads them; by default those of the notebooks. */
  requirements?: string;
  /** Receives what happens, one line at a time. */
  log?: (line: string) => void;
};

/**
 * The environment; it is made first if it does not exist or holds other packages than required.
 * pip reports on stderr what goes wrong.
 *
 * @throws {Error} If there is no Python 3.10 with venv and pip, or the packages cannot be fetched.
 */
export async function environment({
  folder = `${projectFolder}/.venv`,
  python = "python3",
  requirements = `${projectFolder}/notebooks/requirements.txt`,
  log = (line) => console.error(line),
}: EnvironmentOptions = {}): Promise<Environment> {
  const bin = Deno.build.os === "windows" ? "Scripts" : "bin";
  const environment = { folder, program: (name: string) => `${folder}/${bin}/${name}` };
  const required = await Deno.readTextFile(requirements);
  // This file is written last: without it, an environment is incomplete.
  const mark = `${folder}/requirements.txt`;
  if (await Deno.readTextFile(mark).catch(() => "") !== required) {
    await checkPython(python);
    log(`Installing JupyterLab once (0.3 GB, a minute or two) into ${folder}`);
    await run([python, "-m", "venv", folder], {
      why: `Cannot make a virtual environment in ${folder}: install Python's module venv ` +
        `(on Debian and Ubuntu: apt install python3-venv)`,
    });
    // Only here, since it loads TensorFlow.js.
    const { networkOptions, pipEnvironment, pipOptions } = await import("../tensorflow/mod.ts");
    const pip = [environment.program("python"), "-m", "pip"];
    await run([
      ...[...pip, "install", "--quiet", ...pipOptions, ...await networkOptions(pip)],
      ...["--requirement", requirements],
    ], {
      why: "Cannot install JupyterLab: check the network (pip's messages are above)",
      env: pipEnvironment,
    });
    await Deno.writeTextFile(mark, required);
  }
  await installKernel(folder);
  return environment;
}

/** Checks for the oldest Python on which the packages run. */
async function checkPython(python: string): Promise<void> {
  const code =
    "import sys; print('%d.%d' % sys.version_info[:2]); exit(sys.version_info < (3, 10))";
  let output: Deno.CommandOutput | null = null;
  try {
    output = await new Deno.Command(python, {
      args: ["-c", code],
      clearEnv: true,
      env: neutral(Deno.env.toObject()),
      stdin: "null",
    }).output();
  } catch {
    // There is no such program.
  }
  if (output?.success) return;
  const version = output && new TextDecoder().decode(output.stdout).trim();
  throw new Error(
    `Notebooks need Python 3.10 or later with venv and pip: ` +
      (version ? `${python} is Python ${version}` : `${python} was not found`),
  );
}

/** Registers this Deno as the kernel, without color codes, which would enter saved outputs. */
async function installKernel(folder: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--install", "--force"],
    env: { XDG_DATA_HOME: `${folder}/share` },
    stdin: "null",
  }).output();
  const path = `${folder}/share/jupyter/kernels/deno/kernel.json`;
  const kernel = await Deno.readTextFile(path).then(JSON.parse, () => null);
  if (!success || !kernel) {
    throw new Error(`Cannot install Deno's kernel: ${new TextDecoder().decode(stderr).trim()}`);
  }
  await Deno.writeTextFile(path, JSON.stringify({ ...kernel, env: { NO_COLOR: "1" } }, null, 1));
}

/** Runs a program and sends its output to stderr: stdout belongs to results. */
async function run(
  [program = "", ...args]: string[],
  { why, env = {} }: { why: string; env?: Readonly<Record<string, string>> },
): Promise<void> {
  const child = new Deno.Command(program, {
    args,
    clearEnv: true,
    env: { ...neutral(Deno.env.toObject()), ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  await child.stdout.pipeTo(Deno.stderr.writable, { preventClose: true });
  if (!(await child.status).success) throw new Error(why);
}
