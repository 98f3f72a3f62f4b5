import { type Notebook, readNotebook, toModule } from "./document.ts";
import { type Environment, projectFolder } from "./environment.ts";
import { neutral } from "./neutral.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** A notebook after a run: its outputs so far, and why it ended early, if it did. */
export type Executed = { notebook: Notebook; error: string | null };

/**
 * Runs a notebook headlessly, in the folder of the notebooks, so that no output is lost.
 *
 * @param options `env`: variables that are added to its environment.
 */
export async function execute(
  { program }: Environment,
  notebook: Notebook,
  { env = {} }: { env?: Record<string, string> } = {},
): Promise<Executed> {
  const folder = await temporaryFolder();
  try {
    const [source, target] = [`${folder}/in.ipynb`, `${folder}/out.ipynb`];
    await Deno.writeTextFile(source, JSON.stringify(notebook));
    const script = decodeURIComponent(new URL("./execute.py", import.meta.url).pathname);
    const { success, stderr } = await new Deno.Command(program("python"), {
      args: [script, source, target, `${projectFolder}/notebooks`],
      clearEnv: true,
      env: { ...neutral(Deno.env.toObject()), ...env },
      stdin: "null",
    }).output();
    const text = new TextDecoder().decode(stderr).trim();
    const message = text.slice(Math.max(0, text.lastIndexOf("error: ")));
    return {
      notebook: await readNotebook(target).catch(() => notebook),
      error: success ? null : message || "Python ended without a message",
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Checks the types of notebooks, the cells of each together as one module, and lints them.
 *
 * @returns The faults as one text, or `null`.
 */
export async function typeFaults(notebooks: readonly Notebook[]): Promise<string | null> {
  // Within the project, whose imports hold there.
  const folder = await Deno.makeTempDir({ dir: `${projectFolder}/notebooks`, prefix: ".check-" });
  const modules = notebooks.map((_, i) => `${folder}/cells${i + 1}.ts`);
  try {
    for (const [i, module] of modules.entries()) {
      await Deno.writeTextFile(module, toModule(notebooks[i]!));
    }
    return await complaint(Deno.execPath(), ["check", "-q", ...modules]) ??
      await complaint(Deno.execPath(), ["lint", "-q", ...modules]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Writes a notebook with its outputs as a page that needs nothing but itself and Plotly's library.
 *
 * @returns The faults: none, or why the page could not be written.
 */
export async function toHtml(
  { program }: Environment,
  notebook: Notebook,
  path: string,
): Promise<string[]> {
  const folder = await temporaryFolder();
  try {
    await Deno.writeTextFile(`${folder}/page.ipynb`, JSON.stringify(notebook));
    const args = ["nbconvert", "--to", "html", "--log-level=ERROR", `${folder}/page.ipynb`];
    const fault = await complaint(program("jupyter"), args);
    if (fault) return [fault];
    await Deno.copyFile(`${folder}/page.html`, path);
    return [];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The output of a program that failed, or `null` where it succeeded. */
async function complaint(name: string, args: string[]): Promise<string | null> {
  const { success, stdout, stderr } = await new Deno.Command(name, {
    args,
    clearEnv: true,
    env: { ...neutral(Deno.env.toObject()), NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const texts = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  return success ? null : texts.filter(Boolean).join("\n") || `${name} failed`;
}
