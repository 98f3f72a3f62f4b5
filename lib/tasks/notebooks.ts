import {
  differences,
  type Environment,
  environment,
  execute,
  formatFaults,
  inBrowser,
  type Notebook,
  outputFaults,
  project,
  readNotebook,
  small,
  textFaults,
  toHtml,
  typeFaults,
} from "../notebooks/mod.ts";
import { writeText } from "../runs/mod.ts";
import { type Given, print, say, task } from "../cli/mod.ts";

const manual = {
  usage: "notebooks [NAME...] [--small] [--save] [--browser] [--out DIR]",
  about:
    "Checks the notebooks as code: their text and types, and that they run and show what they should.",
  flags: {
    small: { kind: "switch", about: "Run on the small budget that the cells hold, in a minute" },
    save: { kind: "switch", about: "Keep the outputs of the run in the notebooks" },
    browser: { kind: "switch", about: "Run them in JupyterLab in a headless Chromium" },
    out: {
      kind: "text",
      placeholder: "DIR",
      about: "Where pages and screenshots go [data/notebooks]",
    },
  },
  config: false,
} as const;

type Options = {
  names: string[];
  small: boolean;
  save: boolean;
  browser: boolean;
  out: string;
};

const folder = `${project}/notebooks`;

async function prepare({ words, values }: Given): Promise<Options> {
  const known: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".ipynb")) known.push(name.slice(0, -".ipynb".length));
  }
  known.sort();
  const names = words.map((word) => word.replace(/^notebooks\//, "").replace(/\.ipynb$/, ""));
  const foreign = names.find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw new TypeError(`There is no notebook "${foreign}": there are ${known.join(", ")}`);
  }
  const given = { small: values.small === true, save: values.save === true };
  if (given.small && given.save) {
    throw new TypeError(
      "--small and --save contradict each other: saved outputs are of a full run",
    );
  }
  return {
    ...given,
    names: names.length ? names : known,
    browser: values.browser === true,
    out: values.out as string | undefined ?? `${project}/data/notebooks`,
  };
}

async function run(options: Options): Promise<void> {
  const made = await environment();
  await Deno.mkdir(options.out, { recursive: true });
  // Small runs say nothing and are not kept beside real ones.
  const runs = options.small ? await Deno.makeTempDir() : null;
  let [passed, failed] = [0, 0];
  for (const name of options.names) {
    let began = performance.now();
    for await (const [what, faults] of checks(made, name, { ...options, runs })) {
      if (faults.length === 0) passed++;
      else failed++;
      const seconds = Math.round((performance.now() - began) / 1000);
      say(`${name}: ${what} ... ${faults.length === 0 ? "ok" : "FAILED"} (${seconds} s)`);
      for (const fault of faults) say(`  ${fault}`);
      began = performance.now();
    }
  }
  if (runs) await Deno.remove(runs, { recursive: true });
  print(`${passed} passed, ${failed} failed\n`);
  if (failed > 0) Deno.exit(1);
}

/** What is checked of a notebook, one after the other, and what is at fault with it. */
async function* checks(
  made: Environment,
  name: string,
  { runs, browser, out, ...options }: Options & { runs: string | null },
): AsyncGenerator<[what: string, faults: string[]]> {
  const path = `${folder}/${name}.ipynb`;
  const saved = await readNotebook(path);
  const env = runs === null ? undefined : { MUGS_RUNS: runs };
  const asked: Notebook = options.small ? small(saved) : saved;
  yield ["text", [...textFaults(saved), ...await formatFaults(saved)]];
  const types = await typeFaults([asked]);
  yield ["types", types ? [types] : []];
  if (!options.save) yield ["saved outputs", outputFaults(saved)];
  if (browser) {
    const picture = `${out}/${name}.png`;
    const found = await inBrowser(made, asked, { picture, env });
    yield [`in JupyterLab, seen in ${picture}`, found];
    return;
  }
  const { notebook, error } = await execute(made, asked, { env });
  yield ["run", error ? [error] : outputFaults(notebook)];
  if (error) return;
  if (options.save) await writeText(path, JSON.stringify(notebook, null, 1) + "\n");
  else yield ["the same kinds of outputs as saved", differences(saved, notebook)];
  yield [`as a page, ${out}/${name}.html`, await toHtml(made, notebook, `${out}/${name}.html`)];
}

if (import.meta.main) await task(manual, prepare, run);
