import { recipeOf } from "../configs/mod.ts";
import { lossCurves, mimeBundle } from "../report/mod.ts";
import type { TrainedRun } from "./train.ts";

/**
 * Lets a notebook show a training that is the value of a cell: a sentence, and its losses. The
 * function that Deno's kernel calls is not enumerable.
 */
export function displayedTraining(run: TrainedRun): TrainedRun {
  return Object.defineProperty(run, Symbol.for("Jupyter.display"), {
    value: async () => {
      const title = describeTraining(run);
      const figure = run.curve.length > 0 && await mimeBundle(lossCurves(run.curve, { title }));
      return { ...figure && figure.data, "text/plain": `${title}, in ${run.path}` };
    },
  });
}

function describeTraining({ config, epochs, minutes }: TrainedRun): string {
  const { title } = recipeOf(config.method);
  return `${title}, preset ${config.preset}: ${Number(epochs.toPrecision(3))} epochs in ` +
    `${minutes.toFixed(1)} min`;
}
