import { environment, lab } from "../notebooks/mod.ts";
import { flagsOnly, type Given, print, say, task } from "../cli/mod.ts";

const manual = {
  usage: "notebook [--no-browser]",
  about: "Opens the notebooks in JupyterLab, which is installed once into .venv by pip.",
  flags: {
    browser: { kind: "switch", about: "Open a browser; --no-browser prints the address only [on]" },
  },
  config: false,
} as const;

type Options = { browser: boolean };

function prepare({ words, values }: Given): Options {
  flagsOnly("notebook", words);
  return { browser: values.browser !== false };
}

async function run(options: Options): Promise<void> {
  const { address, process } = await lab(await environment(), options);
  print(`${address}\n`);
  say("JupyterLab is open at this address; Ctrl-C ends it");
  Deno.addSignalListener("SIGINT", () => {}); // which JupyterLab receives as well: it ends by itself
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => process.kill());
  Deno.exit((await process.status).code);
}

if (import.meta.main) await task(manual, prepare, run);
