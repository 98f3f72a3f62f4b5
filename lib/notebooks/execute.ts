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
export async function typeFaults(
  { program }: Environment,
  notebook: Notebook,
): Promise<string | null> {
  const folder = await Deno.makeTempDir({ dir: `${project}/notebooks`, prefix: ".check-" });
  const module = `${folder}/cells.ts`; // within the project, whose imports hold there
  try {
    await Deno.writeTextFile(`${folder}/cells.ipynb`, JSON.stringify(notebook));
    const cells = ["--to", "ts:percent", "-o", module, `${folder}/cells.ipynb`];
    return await words(program("jupytext"), cells) ??
      await words(Deno.execPath(), ["check", "-q", module]) ??
      await words(Deno.execPath(), ["lint", "-q", module]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Writes a notebook with its outputs as a page that needs nothing but itself and Plotly's library.
 *
 * @returns What is at fault: nothing, or why there is no page.
 */
export async function toHtml(
  { program }: Environment,
  notebook: Notebook,
  path: string,
): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/page.ipynb`, JSON.stringify(notebook));
    const args = ["nbconvert", "--to", "html", "--log-level=ERROR", `${folder}/page.ipynb`];
    const said = await words(program("jupyter"), args);
    if (said) return [said];
    await Deno.copyFile(`${folder}/page.html`, path);
    return [];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What a program said that failed, or `null`. */
async function words(name: string, args: string[]): Promise<string | null> {
  const { success, stdout, stderr } = await new Deno.Command(name, {
    args,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  return success ? null : said.filter(Boolean).join("\n") || `${name} failed`;
}
