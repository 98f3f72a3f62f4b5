import { type CommandLine, off, print, say, task, userPath, type Work } from "../cli/mod.ts";

const flags = {
  small: off("Run on the small budget that the cells hold, in a minute"),
  save: off("Keep the outputs of the run in the notebooks"),
  browser: off("Run them in JupyterLab in a headless Chromium"),
  out: {
    kind: "text",
    placeholder: "DIR",
    about: "Where pages and screenshots go",
    otherwise: "data/notebooks",
  },
} as const;

const manual = {
  name: "notebooks",
  usage: "[NAME...] [--small] [--save] [--browser] [--out DIR]",
  about: "Checks the notebooks as code: their text and types, and that they run and show what " +
    "they should.",
  flags,
} as const;

async function prepare({ values, words }: CommandLine<typeof flags>): Promise<Work> {
  if (values.small && values.save) {
    throw new TypeError(
      "--small and --save contradict each other: saved outputs are of a full run",
    );
  }
  const { checkNotebook, environment, notebookNames, projectFolder, temporaryFolder } =
    await import(
      "../notebooks/mod.ts"
    );
  const all = await notebookNames();
  const chosen = words.map((word) => word.replace(/^notebooks\//, "").replace(/\.ipynb$/, ""));
  const unknown = chosen.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`There is no notebook "${unknown}": there are ${all.join(", ")}`);
  }
  const out = userPath(values.out) ?? `${projectFolder}/data/notebooks`;
  return async () => {
    const jupyter = await environment();
    await Deno.mkdir(out, { recursive: true });
    // Small runs say nothing and are not kept beside real ones.
    const runs = values.small ? await temporaryFolder() : undefined;
    let [passed, failed] = [0, 0];
    for (const name of chosen.length > 0 ? chosen : all) {
      let start = performance.now();
      const checks = checkNotebook(jupyter, name, { ...values, out, ...runs && { runs } });
      for await (const { what, faults } of checks) {
        if (faults.length === 0) passed++;
        else failed++;
        const seconds = Math.round((performance.now() - start) / 1000);
        say(`${name}: ${what} ... ${faults.length === 0 ? "ok" : "FAILED"} (${seconds} s)`);
        for (const fault of faults) say(`  ${fault}`);
        start = performance.now();
      }
    }
    if (runs) await Deno.remove(runs, { recursive: true });
    print(`${passed} passed, ${failed} failed\n`);
    if (failed > 0) Deno.exit(1);
  };
}

if (import.meta.main) await task(manual, prepare);
