import { missingPermissions } from "./permitted.ts";

/** Runs a Python program with arguments and returns what it prints. */
export type Python = (program: string, ...args: string[]) => Promise<string>;

/**
 * Registers a test against a Python library. Python is the program named by `MUGS_PYTHON`, else
 * `python3`. Where it is missing or lacks a module, the test is ignored, and its name says so; it
 * fails if the program was named.
 */
export function pythonTest(
  name: string,
  modules: readonly string[],
  fn: (python: Python, t: Deno.TestContext) => Promise<void>,
): void {
  const missing = lacks(modules);
  const named = missingPermissions(["env"]).length === 0 && Deno.env.has("MUGS_PYTHON");
  Deno.test({
    name: missing ? `${name} (${missing})` : name,
    ignore: missing !== null && !named,
    sanitizeResources: false,
    sanitizeOps: false,
    fn: (t) => {
      if (missing) throw new Error(`Cannot compare with Python: ${missing}`);
      return fn(python, t);
    },
  });
}

/** What a Python test lacks, or `null`. */
function lacks(modules: readonly string[]): string | null {
  const missing = missingPermissions(["run", "env", "read", "write"]);
  if (missing.length) return `needs ${missing.map((name) => `--allow-${name}`).join(" ")}`;
  const program = `import importlib.util as u, sys
print(*[m for m in sys.argv[1:] if u.find_spec(m) is None])`;
  try {
    const { success, stdout } = new Deno.Command(executable(), {
      args: ["-c", program, ...modules],
      stderr: "null",
    }).outputSync();
    const absent = new TextDecoder().decode(stdout).trim();
    if (!success) return `${executable()} does not run`;
    return absent ? `${executable()} has no ${absent.replaceAll(" ", ", ")}` : null;
  } catch {
    return `there is no ${executable()}`;
  }
}

async function python(program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(executable(), {
    args: ["-c", program, ...args],
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`Python failed: ${new TextDecoder().decode(stderr)}`);
}

function executable(): string {
  return Deno.env.get("MUGS_PYTHON") ?? "python3";
}
