import type { PlannedRun } from "./plan.ts";

/**
 * Lets a notebook show a planned run that is the value of a cell, in a sentence. The function that
 * Deno's kernel calls is not enumerable.
 */
export function displayedRun(run: PlannedRun): PlannedRun {
  return Object.defineProperty(run, Symbol.for("Jupyter.display"), {
    value: async () => {
      const { status } = await import("./status.ts");
      return { "text/plain": `${describeRun(run)}; it is ${await status(run)}` };
    },
  });
}

function describeRun({ config, data, backend, path }: PlannedRun): string {
  return `Pre-training with preset ${config.preset} and seed ${config.seed} on ` +
    `${data ?? "granules"}, backend ${backend}, in ${path}`;
}
