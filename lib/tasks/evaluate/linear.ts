import {
  type CommandLine,
  type Flags,
  flagsOnly,
  off,
  print,
  printJson,
  task,
  userPath,
  type Work,
} from "../../cli/mod.ts";
import { type Field, linearFields, linearPresets } from "../../configs/mod.ts";
import type { LinearJob, LinearResult, StandardError } from "../../jobs/mod.ts";
import type { Row } from "../../report/mod.ts";
import { frozenFlags, scoreFrozen } from "./frozen_features.ts";
import { provenance, scoreText } from "./score_lines.ts";

/** A field of the recipe as a flag. */
function ofRecipe<const Of extends Field>(field: Of) {
  const about = `With --augment: ${field.about.charAt(0).toLowerCase()}${field.about.slice(1)}`;
  return { ...field, about, otherwise: "the preset's" };
}

/** Flags of the original's way, which need `--augment`. */
const augmentFlags = {
  preset: {
    kind: "choice",
    choices: linearPresets.map(({ preset }) => preset),
    about: "With --augment: the recipe",
    otherwise: "small",
  },
  epochs: ofRecipe(linearFields.epochs),
  batchSize: ofRecipe(linearFields.batchSize),
  learningRates: ofRecipe(linearFields.learningRates),
  minLearningRate: ofRecipe(linearFields.minLearningRate),
  wholeGrid: off("With --augment: also try five weight decays and LARS, 360 classifiers in all"),
  blocks: ofRecipe(linearFields.blocks),
  patchMean: ofRecipe(linearFields.patchMean),
  out: {
    kind: "text",
    placeholder: "FILE",
    about: "With --augment: keeps the classifiers after each epoch, and continues from there",
  },
} as const satisfies Flags;

const flags = {
  ...frozenFlags,
  augment: off(
    "Do as the original: show augmented images in every epoch, train all classifiers at once, and " +
      "report the best on the test part",
  ),
  ...augmentFlags,
} as const satisfies Flags;

const manual = {
  name: "evaluate linear",
  usage: "--checkpoint FILE [--data DIR] [--augment [--preset NAME]] [--json]",
  about: "Scores the frozen features of a checkpoint by linear classifiers.",
  flags,
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  flagsOnly(manual.name, words.slice(1));
  const { checkpoint, data, labels } = values;
  if (checkpoint === undefined) throw new TypeError("evaluate linear needs --checkpoint FILE");
  const { refuseSettings, StandardError } = await import("../../jobs/mod.ts");
  const request = {
    ...values,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), labels: userPath(labels) },
  };
  const screen = new StandardError(wording);
  if (values.augment) return await augmented(request, screen);
  refuseSettings(values);
  return await scoreFrozen({ ...request, protocol: "linear" }, screen);
}

type AugmentedValues = CommandLine<typeof flags>["values"] & { checkpoint: string };

async function augmented(values: AugmentedValues, screen: StandardError): Promise<Work> {
  const { json, device, compiler, deterministic, processes, ...request } = values;
  if (processes > 1) {
    throw new TypeError(
      "Cannot divide among `processes` what `augment` does: its features are not made once; leave " +
        "one of them out",
    );
  }
  const jobs = await import("../../jobs/mod.ts");
  const job = await jobs.prepareLinear(
    jobs.linearRequest({ ...request, out: userPath(request.out) }),
    screen,
  );
  return async () => {
    using _ = screen;
    const result = await jobs.runLinear(job, { observer: screen, device, compiler, deterministic });
    if (json) return printJson(record(job, result, jobs.rowsOfClassifiers(job, result)));
    print(lines(job, result) + jobs.leftOutLine(result.leftOut));
  };
}

function lines({ level, recipes }: LinearJob, { scores, selection }: LinearResult): string {
  const { best, bestOfRates, last } = selection;
  const nameOf = (index: number) => {
    const { rate, weightDecay, optimizer } = recipes[index]!;
    return `learning rate ${rate}, weight decay ${weightDecay}, ${optimizer}`;
  };
  const all = recipes.length === 1 ? "" : `${level}, best of the learning rates alone: ` +
    `top-1 ${bestOfRates.toFixed(2)} %\n`;
  return `${level}, best of ${recipes.length} classifiers and ${scores.length} epochs: ` +
    `${scoreText(scores[best.epoch]![best.index]!)} (epoch ${best.epoch + 1}, ` +
    `${nameOf(best.index)})\n` + all +
    `${level}, best of the last epoch: ${scoreText(scores[last.epoch]![last.index]!)} ` +
    `(${nameOf(last.index)})\n`;
}

function record(
  job: LinearJob,
  { scores, selection, leftOut }: LinearResult,
  rows: Row[],
): Record<string, unknown> {
  const { best, bestOfRates, last } = selection;
  const { linear, recipes, level, seed } = job;
  return {
    protocol: "linear classifiers on augmented images",
    ...scores[best.epoch]?.[best.index],
    level,
    rows,
    best: { ...best, ...recipes[best.index] },
    bestOfRates,
    last: { ...last, ...recipes[last.index] },
    recipe: linear,
    scores,
    seed,
    ...provenance(job, leftOut),
  };
}

/** The task `evaluate linear`. */
export function evaluateLinear(): Promise<void> {
  return task(manual, prepare);
}
