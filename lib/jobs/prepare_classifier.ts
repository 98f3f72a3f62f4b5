import type { Backend } from "../compile/mod.ts";
import {
  type ClassifierConfig,
  type ClassifierProtocol,
  configureClassifier,
} from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { BackboneOptions } from "../models/mod.ts";
import { checkClassifierParts, classifierLength, classifierSetup } from "../protocols/mod.ts";
import type { ClassifierSetup } from "../protocols/mod.ts";
import { checkParts } from "./check_parts.ts";
import type { ClassifierParts } from "./classifier_layout.ts";
import type { ComputeRequest } from "./inputs.ts";
import { levelOf } from "./level.ts";
import type { LoadingSettings } from "./loading.ts";
import type { Observer } from "./observer.ts";
import { type LabelRequest, openData } from "./open_data.ts";
import { placeOfRun } from "./run_place.ts";
import { defaultSaving, type Saving } from "./saving.ts";
import { storedSetup } from "./stored_setup.ts";
import { openWeights, type Weights } from "./weights.ts";

/** What is to be trained with a classifier behind it, where, and how. */
export type ClassifierRequest =
  & BackboneOptions
  & ComputeRequest
  & LabelRequest
  & LoadingSettings
  & {
    protocol: ClassifierProtocol;
    preset?: string | undefined;
    /** Fields of the recipe that differ from the preset. */
    overrides?: Partial<ClassifierConfig>;
    /** The weights to begin with. */
    checkpoint: string;
    /** Whether a network of these sizes begins at random instead, as a baseline. */
    fromScratch?: boolean;
    /** The folder of images, or a data set that is open; without one the granules. */
    data?: string | Dataset | undefined;
    /** The labels that are learned; by default those by which the data is usually scored. */
    level?: string | undefined;
    /** Outputs of the head; by default as many as there are classes. */
    outputs?: number | undefined;
    /** The run's folder; by default a new one where all runs lie. */
    out?: string | undefined;
    /** The greatest share of images that may be unreadable. */
    maxBad?: number;
    saving?: Partial<Saving>;
    layout?: ClassifierParts;
    /** Epochs between evaluations on the test part. */
    evalEvery?: number;
    /** Whether a run that is there is replaced. */
    fresh?: boolean;
    /** Whether the run in `out` is continued; what is repeated of its recipe must be the same. */
    resume?: boolean;
  };

/** The training of a classifier that was checked and can begin. */
export type ClassifierJob = {
  setup: ClassifierSetup;
  weights: Weights;
  fromScratch: boolean;
  data: Dataset;
  level: string;
  path: string;
  maxBad: number;
  skipBad: boolean;
  saving: Saving;
  loading: LoadingSettings;
  layout: ClassifierParts;
  evalEvery: number;
  resume: boolean;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
};

/**
 * Checks the training of a classifier before anything is downloaded or written.
 *
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareClassifier(
  { protocol, checkpoint, fromScratch = false, out, fresh = false, ...request }: ClassifierRequest,
  observer?: Observer,
): Promise<ClassifierJob> {
  checkParts(request);
  const { key, heads, partial, resume = false, layout = {}, preset, overrides = {} } = request;
  const weights = await openWeights(checkpoint, { key, heads, partial });
  const stored = resume
    ? await storedSetup<ClassifierSetup>(out, { ...request, weights, protocol })
    : null;
  const config = stored?.config ?? configureClassifier(protocol, { preset, overrides });
  const imageSize = config.imageSize ?? weights.stored.sizes.imageSize;
  const { labels, labelShare, images, asOriginal } = request;
  const { exif, seed } = config;
  const data = await openData(request.data, {
    ...{ scored: true, imageSize, exif, seed, labels, labelShare, images, asOriginal },
  }, observer);
  const level = levelOf(data, request.level);
  const classes = outputsOf(data, { level, outputs: stored?.classes ?? request.outputs });
  const setup = stored ?? classifierSetup(config, weights.stored.sizes, classes);
  checkImages(data, setup);
  checkClassifierParts(setup, layout.accumulate ?? 1);
  const path = await placeOfRun({ config, data, checkpoint, out, fresh, resume });
  return {
    ...{ setup, weights, fromScratch, data, level, path, layout, resume },
    maxBad: request.maxBad ?? 0.01,
    skipBad: request.skipBad ?? false,
    loading: { workers: request.workers, cache: request.cache },
    saving: { ...defaultSaving, ...request.saving },
    evalEvery: request.evalEvery ?? 1,
    backend: request.backend ?? null,
  };
}

/**
 * The outputs of a head for the classes of a level.
 *
 * @throws {RangeError} If the images are all of one class, or there are more classes than outputs.
 */
function outputsOf(
  { name: dataName, classes, train }: Dataset,
  { level, outputs }: { level: string; outputs: number | undefined },
): number {
  const name = escapeControls(dataName);
  const labels = new Set(train.map(({ labels }) => labels[level]!));
  if (labels.size < 2) {
    throw new RangeError(
      `Cannot train a classifier on ${name}: all its images to learn from are of one class; ` +
        "take images of two classes or more",
    );
  }
  const { length } = classes[level]!;
  const least = Math.max(length, ...[...labels].map((label) => label + 1));
  if (outputs === undefined || outputs >= least) return outputs ?? least;
  throw new RangeError(
    `Cannot train a head of ${outputs} outputs on ${name}, which has ${least} classes; give ` +
      `\`outputs\` ${least} or more, or leave it out`,
  );
}

/** Refuses a batch that is larger than the training part, and a run without a step. */
function checkImages({ name, train: { length } }: Dataset, { config }: ClassifierSetup): void {
  if (config.batchSize > length) {
    throw new RangeError(
      `\`batchSize\` ${config.batchSize} is more than the ${length} training images of ` +
        `${escapeControls(name)}; give a smaller one`,
    );
  }
  classifierLength(config, length);
}
