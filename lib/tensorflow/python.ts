import { type ProgramOutput, run } from "./run.ts";

/** A Python of this machine, and its pip: the words with which their command lines begin. */
export type Python = {
  /** What the user knows it by. */
  path: string;
  python: readonly string[];
  pip: readonly string[];
};

/** Variables that would change what Python does; an empty one counts as none. */
const environment: Readonly<Record<string, string>> = {
  PYTHONHOME: "",
  PYTHONPATH: "",
  PYTHONINSPECT: "",
  PYTHONWARNINGS: "",
  PYTHONSAFEPATH: "1", // modules in the working folder are not those of Python
  PYTHONUTF8: "1", // whatever the user's language is
};

/** Runs Python or pip by the words with which its command line begins. */
export function runPython(
  [program = "", ...words]: readonly string[],
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProgramOutput> {
  return run(program, [...words, ...args], { ...environment, ...env });
}

/**
 * The Pythons on `PATH` in its order, which may turn out not to run, and last uv, which fetches
 * what is missing. A virtual environment without pip may stand before the system's Python, which
 * has it.
 *
 * @param path The only one, where it is stated.
 */
export function pythons(path?: string): Python[] {
  const paths = path === undefined ? [...programs("python3"), ...programs("python")] : [path];
  return [
    ...paths.map((path) => ({ path, python: [path], pip: [path, "-m", "pip"] })),
    ...path === undefined ? programs("uv").slice(0, 1).map(uv) : [],
  ];
}

function uv(path: string): Python {
  return {
    path,
    python: [path, "run", "--quiet", "--no-project", "python"],
    pip: [path, "tool", "run", "--quiet", "pip"],
  };
}

/** Whether a Python runs, and is a Python 3. */
export async function isPython({ python }: Python): Promise<boolean> {
  return (await runPython(python, ["-c", "import sys; exit(sys.version_info < (3, 6))"])).ok;
}

/** The name and version of a Python's pip, or of uv, which has none yet; `null` without pip. */
export async function pipVersion({ path, python, pip }: Python): Promise<string | null> {
  const fetched = python.length > 1;
  const { ok, stdout } = await runPython(fetched ? [path] : pip, ["--version"]);
  return ok ? /^\w+ \S+/.exec(stdout)?.[0] ?? "pip" : null;
}

/** The paths of a program in the folders of `PATH`. */
function programs(name: string): string[] {
  const [separator, ending] = Deno.build.os === "windows" ? [";", ".exe"] : [":", ""];
  const paths = new Map<string, string>();
  for (const folder of (Deno.env.get("PATH") ?? "").split(separator)) {
    try {
      // The folder's true path: a link to Python itself may be a virtual environment.
      const place = `${Deno.realPathSync(folder)}/${name}${ending}`;
      if (Deno.statSync(place).isFile && !paths.has(place)) paths.set(place, `${folder}/${name}`);
    } catch {
      // There is none in this folder.
    }
  }
  return [...paths.values()];
}
