import type { Backend } from "../compile/mod.ts";
import { configureSegmentation, type SegmentationConfig } from "../configs/mod.ts";
import { type Ade20kOptions, granuleScenes, type LabeledSet, openAde20k } from "../datasets/mod.ts";
import { segmentationLength, type SegmentationSetup, segmentationSetup } from "../dense/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { BackboneOptions } from "../models/mod.ts";
import { checkLabels } from "./check_labels.ts";
import { checkParts } from "./check_parts.ts";
import { checkElsewhere, checkFolder } from "./destination.ts";
import { newFolder } from "./new_folder.ts";
import type { Observer } from "./observer.ts";
import { checkEmpty, checkSameData } from "./resumable.ts";
import type { Saving } from "./saving.ts";
import { storedSetup } from "./stored_setup.ts";
import { openWeights, type Weights } from "./weights.ts";

/** What is to be trained to tell the class of every pixel, where, and how. */
export type SegmentationRequest = BackboneOptions & Ade20kOptions & {
  preset?: string | undefined;
  /** Fields of the recipe that differ from the preset. */
  overrides?: Partial<SegmentationConfig>;
  /** The weights to begin with. */
  checkpoint: string;
  /** Whether a network of these sizes begins at random instead, as a baseline. */
  fromScratch?: boolean;
  /** A folder in the layout of ADE20K, or a set that is open; without one scenes of granules. */
  data?: string | LabeledSet | undefined;
  /** The run's folder; by default a new one where all runs lie. */
  out?: string | undefined;
  saving?: Saving;
  /** Whether the insides of blocks are computed anew for the gradient; by default in wide ones. */
  recompute?: boolean;
  /** Epochs between evaluations; by default the end alone is scored. */
  evalEvery?: number;
  /** Whether a run that is there is replaced. */
  fresh?: boolean;
  /** Whether the run in `out` is continued; what is repeated of its recipe must be the same. */
  resume?: boolean;
  backend?: Backend;
};

/** The training of a segmenter that was checked and can begin. */
export type SegmentationJob = {
  setup: SegmentationSetup;
  weights: Weights;
  fromScratch: boolean;
  data: LabeledSet;
  path: string;
  saving: Saving;
  recompute: boolean | undefined;
  /** `null` for the end alone. */
  evalEvery: number | null;
  resume: boolean;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
};

/**
 * Checks the training of a segmenter before anything is downloaded or written.
 *
 * @param observer Learns what may be wrong with the labels.
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareSegmentation(
  { checkpoint, fromScratch = false, out, fresh = false, ...request }: SegmentationRequest,
  observer?: Observer,
): Promise<SegmentationJob> {
  checkParts(request);
  const { key, heads, partial, resume = false, preset, overrides = {} } = request;
  const weights = await openWeights(checkpoint, { key, heads, partial });
  const repeated = { protocol: "segmentation", preset, overrides, weights };
  const stored = resume ? await storedSetup<SegmentationSetup>(out, repeated) : null;
  const config = stored?.config ?? configureSegmentation({ preset, overrides });
  const { reduceZeroLabel = true, classes } = request;
  checkKind(request.data);
  const data = typeof request.data === "string"
    ? await openAde20k(request.data, { reduceZeroLabel, classes })
    : request.data ?? granuleScenes();
  const setup = stored ?? segmentationSetup(config, weights.stored.sizes, data.classes.length);
  checkSet(data, setup);
  if (request.data !== undefined) {
    const reduced = typeof request.data === "string" && reduceZeroLabel;
    await checkLabels(data, { reduceZeroLabel: reduced, observer });
  }
  const path = out ?? newFolder(config, data);
  if (resume) await checkSameData({ path }, data);
  await checkFolder(path);
  if (fresh) await checkElsewhere(checkpoint, path);
  if (!resume && !fresh) {
    await checkEmpty(path, "a run: `resume` continues it, `fresh` begins anew");
  }
  return {
    ...{ setup, weights, fromScratch, data, path, resume, recompute: request.recompute },
    saving: request.saving ?? { saveEvery: 120, keep: 1, maxRollbacks: 3 },
    evalEvery: request.evalEvery ?? null,
    backend: request.backend ?? null,
  };
}

/** Refuses data whose images have a class each, and none for each of their pixels. */
function checkKind(data: SegmentationRequest["data"]): void {
  if (data === undefined || typeof data === "string") return;
  const lists = [data?.train, data?.test, data?.classes];
  const samples = lists.every(Array.isArray) ? [...data.train, ...data.test] : [null];
  if (samples.every((sample) => typeof sample?.mask === "function")) return;
  throw new TypeError(
    "`data` takes a folder in the layout of ADE20K, or images with the class of each pixel, such " +
      "as `granuleScenes` draws, not images with one class each",
  );
}

/** Refuses a set without one of its parts, a batch that is larger than it, and other classes. */
function checkSet(
  { name: setName, train, test, classes }: LabeledSet,
  setup: SegmentationSetup,
): void {
  const name = escapeControls(setName);
  for (const [part, { length }] of Object.entries({ training: train, validation: test })) {
    if (length) continue;
    throw new Error(
      `Cannot train on ${name} and score it: there are no images in images/${part}; it needs both`,
    );
  }
  if (classes.length < 2) throw new RangeError(`Cannot segment ${name}: it has one class`);
  if (setup.classes !== classes.length) {
    throw new Error(
      `Cannot continue with ${name}: the run began with ${setup.classes} classes, and it has ` +
        `${classes.length}`,
    );
  }
  const { batchSize } = setup.config;
  if (batchSize > train.length) {
    throw new RangeError(
      `\`batchSize\` ${batchSize} is more than the ${train.length} training images of ${name}; ` +
        "give a smaller one",
    );
  }
  segmentationLength(setup.config, train.length);
}
