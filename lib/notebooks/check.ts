import { writeText } from "../runs/mod.ts";
import { inBrowser } from "./browser.ts";
import { type Notebook, readNotebook, small } from "./document.ts";
import { type Environment, projectFolder } from "./environment.ts";
import { execute, toHtml, typeFaults } from "./execute.ts";
import { differences, outputFaults, textFaults } from "./faults.ts";
import { formatFaults } from "./format.ts";

/** How a notebook is checked. */
export type CheckOptions = {
  /** Runs it on the small budget that its cells hold. */
  small: boolean;
  /** Keeps the outputs of the run in the notebook. */
  save: boolean;
  /** Runs it in JupyterLab in a headless Chromium. */
  browser: boolean;
  /** The folder of pages and screenshots. */
  out: string;
  /** The folder of its runs; by default where all runs lie. */
  runs?: string;
};

/** What was checked, and what is at fault with it. */
export type Check = { what: string; faults: string[] };

/** Where the notebooks lie. */
const folder = `${projectFolder}/notebooks`;

/** The names of all notebooks, in alphabetical order. */
export async function notebookNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".ipynb")) names.push(name.slice(0, -".ipynb".length));
  }
  return names.sort();
}

/** Checks a notebook as code: its text and types, and that it runs and shows what it should. */
export async function* checkNotebook(
  environment: Environment,
  name: string,
  options: CheckOptions,
): AsyncGenerator<Check, void, void> {
  const { runs, browser, out, save } = options;
  const path = `${folder}/${name}.ipynb`;
  const stored = await readNotebook(path);
  const notebook: Notebook = options.small ? small(stored) : stored;
  yield { what: "text", faults: [...textFaults(stored), ...await formatFaults(stored)] };
  const types = await typeFaults([notebook]);
  yield { what: "types", faults: types ? [types] : [] };
  if (!save) yield { what: "saved outputs", faults: outputFaults(stored) };
  const env = runs === undefined ? undefined : { MUGS_RUNS: runs };
  if (browser) {
    const picture = `${out}/${name}.png`;
    const faults = await inBrowser(environment, notebook, { picture, env });
    yield { what: `in JupyterLab, seen in ${picture}`, faults };
    return;
  }
  const executed = await execute(environment, notebook, { env });
  const { error } = executed;
  yield { what: "run", faults: error ? [error] : outputFaults(executed.notebook) };
  if (error) return;
  if (save) await writeText(path, JSON.stringify(executed.notebook, null, 1) + "\n");
  else {
    const faults = differences(stored, executed.notebook);
    yield { what: "the same kinds of outputs as saved", faults };
  }
  const page = `${out}/${name}.html`;
  yield { what: `as a page, ${page}`, faults: await toHtml(environment, executed.notebook, page) };
}
