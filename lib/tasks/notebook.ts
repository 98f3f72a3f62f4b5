import { type CommandLine, flagsOnly, print, say, task, type Work } from "../cli/mod.ts";

const flags = {
  browser: {
    kind: "switch",
    default: true,
    about: "Open a browser, and not only print the address",
  },
} as const;

const manual = {
  name: "notebook",
  usage: "[--no-browser]",
  about: "Opens the notebooks in JupyterLab, which is installed once into .venv by pip.",
  flags,
} as const;

function prepare({ values: { browser }, words }: CommandLine<typeof flags>): Work {
  flagsOnly(manual.name, words);
  return async () => {
    const { environment, lab } = await import("../notebooks/mod.ts");
    const { address, code } = await lab(await environment(), { browser });
    print(`${address}\n`);
    say("JupyterLab is open at this address; Ctrl-C ends it, with the notebooks that run in it");
    Deno.exit(await code);
  };
}

if (import.meta.main) await task(manual, prepare);
