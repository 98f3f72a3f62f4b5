import type { PlannedRun } from "./plan.ts";
import type { PlannedClassifier } from "./plan_classifier.ts";
import { nameIn } from "./planned_data.ts";

/**
 * Lets a notebook show a planned run that is the value of a cell, in a sentence. The function that
 * Deno's kernel calls is not enumerable.
 */
export function displayedRun<Planned extends PlannedRun | PlannedClassifier>(
  run: Planned,
): Planned {
  return Object.defineProperty(run, Symbol.for("Jupyter.display"), {
    value: async () => {
      const { status } = await import("./status.ts");
      return { "text/plain": `${describeRun(run)}; it is ${await status(run)}` };
    },
  });
}

function describeRun(run: PlannedRun | PlannedClassifier): string {
  const { data, backend, path } = run;
  const place = `on ${
    typeof data === "string" ? data : nameIn(data)
  }, backend ${backend}, in ${path}`;
  if ("config" in run) {
    return `Pre-training with preset ${run.config.preset} and seed ${run.config.seed} ${place}`;
  }
  const { protocol, preset = "tiny", fromScratch, checkpoint } = run;
  const start = fromScratch ? "random initialization" : checkpoint;
  return `Classifier by ${protocol} with preset ${preset} from ${start} ${place}`;
}
