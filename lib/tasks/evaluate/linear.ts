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
import { linearPresets } from "../../configs/mod.ts";
import type { LinearJob, LinearResult, StandardError } from "../../jobs/mod.ts";
import type { Row } from "../../report/mod.ts";
import { frozenFlags, scoreFrozen } from "./frozen_features.ts";
import { provenance, scoreText } from "./score_lines.ts";

/** Flags of the original's way, which need `--augment`. */
const augmentFlags = {
  preset: {
    kind: "choice",
    choices: linearPresets.map(({ preset }) => preset),
    about: "With --augment: the recipe",
    otherwise: "small",
  },
  epochs: {
    kind: "integer",
    min: 1,
    max: 100_000,
    about: "With --augment: passes over the images",
    otherwise: "the preset's",
  },
  batchSize: {
    kind: "integer",
    min: 1,
    max: 1_000_000,
    about: "With --augment: images of a step",
    otherwise: "the preset's",
  },
  learningRates: {
    kind: "list",
    min: 0,
    max: 1e6,
    about: "With --augment: learning rates for a batch of 256, tried at once",
    otherwise: "the preset's",
  },
  minLearningRate: {
    kind: "number",
    min: 0,
    max: 1e6,
    about: "With --augment: the rate at the end, whatever the batch",
    otherwise: "the preset's",
  },
  wholeGrid: off("With --augment: also try five weight decays and LARS, 360 classifiers in all"),
  blocks: {
    kind: "integer",
    min: 1,
    max: 1000,
    about: "With --augment: last blocks whose class tokens are seen",
    otherwise: "the preset's",
  },
  patchMean: {
    kind: "choice",
    choices: ["none", "interleaved", "behind"],
    about: "With --augment: where the mean patch token of the last block is seen",
    otherwise: "the preset's",
  },
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
  const { StandardError } = await import("../../jobs/mod.ts");
  const request = {
    ...values,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), labels: userPath(labels) },
  };
  const screen = new StandardError(wording);
  if (values.augment) return await augmented(request, screen);
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(augmentFlags, name) || value === undefined || value === false) continue;
    throw new TypeError(`\`${name}\` needs \`augment\`: it is a setting of the original's way`);
  }
  return await scoreFrozen({ ...request, protocol: "linear" }, screen);
}

type AugmentedValues = CommandLine<typeof flags>["values"] & { checkpoint: string };

async function augmented(values: AugmentedValues, screen: StandardError): Promise<Work> {
  const {
    json,
    device,
    compiler,
    deterministic,
    epochs,
    batchSize,
    learningRates,
    minLearningRate,
  } = values;
  const { wholeGrid, blocks, patchMean, ...request } = values;
  const jobs = await import("../../jobs/mod.ts");
  const { gridDecays, gridRates } = await import("../../configs/mod.ts");
  const overrides = Object.entries({
    ...{ epochs, batchSize, learningRates, minLearningRate, blocks, patchMean },
    ...wholeGrid && {
      learningRates: learningRates ?? gridRates,
      weightDecays: gridDecays,
      optimizers: ["sgd", "lars"],
    },
  }).filter(([, value]) => value !== undefined);
  const job = await jobs.prepareLinear({
    ...{ ...request, out: userPath(request.out) },
    overrides: Object.fromEntries(overrides),
  }, screen);
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
