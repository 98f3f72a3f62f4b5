import { type Notebook, readNotebook } from "./document.ts";
import { type Environment, project } from "./environment.ts";

/** How a notebook came out: with outputs in any case, and why it ended before its last cell, if it did. */
export type Executed = { notebook: Notebook; error: string | null };

/**
 * Runs a notebook headlessly, in the folder of the notebooks, so that no output is lost.
 *
 * @param env Added to its environment.
 */
export async function execute(
  { program }: Environment,
  notebook: Notebook,
  { env = {} }: { env?: Record<string, string> } = {},
): Promise<Executed> {
  const folder = await Deno.makeTempDir();
  try {
    const [source, target] = [`${folder}/in.ipynb`, `${folder}/out.ipynb`];
    await Deno.writeTextFile(source, JSON.stringify(notebook));
    const script = decodeURIComponent(new URL("./execute.py", import.meta.url).pathname);
    const { success, stderr } = await new Deno.Command(program("python"), {
      args: [script, source, target, `${project}/notebooks`],
      env,
      stdin: "null",
    }).output();
    const words = new TextDecoder().decode(stderr).trim();
    const said = words.slice(Math.max(0, words.lastIndexOf("error: ")));
    return {
      notebook: await readNotebook(target).catch(() => notebook),
      error: success ? null : said || "Python ended without a word",
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Checks the types of a notebook's cells, together as one module, and lints them.
 *
 * @returns What is at fault, or `null`.
 */
export async function typeFaults({ program }: Environment, path: string): Promise<string | null> {
  const name = path.split("/").at(-1)!.replace(/\.ipynb$/, "");
  const module = `${project}/notebooks/.check-${name}.ts`; // beside it, where the same imports hold
  try {
    const made = await output(program("jupytext"), ["--to", "ts:percent", "-o", module, path]);
    if (made) return made;
    return await output(Deno.execPath(), ["check", "-q", module]) ??
      await output(Deno.execPath(), ["lint", "-q", "--rules-exclude=no-import-prefix", module]);
  } finally {
    await Deno.remove(module).catch(() => {});
  }
}

/** What a program said that failed, or `null`. */
async function output(name: string, args: string[]): Promise<string | null> {
  const { success, stdout, stderr } = await new Deno.Command(name, {
    args,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const words = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  return success ? null : words.filter(Boolean).join("\n") || `${name} failed`;
}
