/** The project's folder. */
export const project: string = decodeURIComponent(
  new URL("../../", import.meta.url).pathname.replace(/\/$/, ""),
);

/** What notebooks run in: a virtual environment of Python with JupyterLab, Plotly's renderer and the kernel. */
export type Environment = {
  folder: string;
  /** The path of one of its programs. */
  program(name: string): string;
};

/** Where an environment is made, and what is told on the way. */
export type EnvironmentOptions = {
  /** By default `.venv` in the project. */
  folder?: string;
  /** The Python to make it with. */
  python?: string;
  /** The packages, pinned, as pip reads them; by default those of the notebooks. */
  requirements?: string;
  /** Told what happens, one line at a time. */
  log?: (line: string) => void;
};

/**
 * The environment, made if it is not there, or not of the packages that are asked for. pip tells on stderr what goes wrong.
 *
 * @throws {Error} If there is no Python 3.10 with venv and pip, or the packages cannot be fetched.
 */
export async function environment({
  folder = `${project}/.venv`,
  python = "python3",
  requirements = `${project}/notebooks/requirements.txt`,
  log = (line) => console.error(line),
}: EnvironmentOptions = {}): Promise<Environment> {
  const bin = Deno.build.os === "windows" ? "Scripts" : "bin";
  const made = { folder, program: (name: string) => `${folder}/${bin}/${name}` };
  const wanted = await Deno.readTextFile(requirements);
  // Written last: an environment without it is not complete.
  const mark = `${folder}/requirements.txt`;
  if (await Deno.readTextFile(mark).catch(() => "") !== wanted) {
    await checkPython(python);
    log(`Installing JupyterLab once (0.3 GB, a minute or two) into ${folder}`);
    await must(python, ["-m", "venv", folder], {
      why: `Cannot make a virtual environment in ${folder}: install Python's module venv ` +
        `(on Debian and Ubuntu: apt install python3-venv)`,
    });
    await must(made.program("python"), [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
      ...["--requirement", requirements],
    ], { why: "Cannot install JupyterLab: check the network (pip's words are above)" });
    await Deno.writeTextFile(mark, wanted);
  }
  await installKernel(folder);
  return made;
}

/** Asks for the oldest Python that the packages run on. */
async function checkPython(python: string): Promise<void> {
  const code =
    "import sys; print('%d.%d' % sys.version_info[:2]); exit(sys.version_info < (3, 10))";
  let found: Deno.CommandOutput | null = null;
  try {
    found = await new Deno.Command(python, { args: ["-c", code], stdin: "null" }).output();
  } catch {
    // There is no such program.
  }
  if (found?.success) return;
  const version = found && new TextDecoder().decode(found.stdout).trim();
  throw new Error(
    `Notebooks need Python 3.10 or later with venv and pip: ` +
      (version ? `${python} is Python ${version}` : `${python} was not found`),
  );
}

/** Registers this Deno as the environment's kernel, without colour codes, which would enter saved outputs. */
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

/** Runs a program whose words go to stderr: stdout belongs to results. */
async function must(program: string, args: string[], { why }: { why: string }): Promise<void> {
  const child = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  await child.stdout.pipeTo(Deno.stderr.writable, { preventClose: true });
  if (!(await child.status).success) throw new Error(why);
}
