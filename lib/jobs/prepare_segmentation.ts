import { configureSegmentation, type SegmentationConfig } from "../configs/mod.ts";
import { type Ade20kOptions, granuleScenes, type LabeledSet, openAde20k } from "../datasets/mod.ts";
import { segmentationLength, type SegmentationSetup, segmentationSetup } from "../dense/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { checkLabels } from "./check_labels.ts";
import { checkParts } from "./check_parts.ts";
import { courseOf, type DenseJob, type DenseRequest } from "./dense_training.ts";
import type { Observer } from "./observer.ts";
import { placeOfRun } from "./run_place.ts";
import { storedSetup } from "./stored_setup.ts";
import { openWeights } from "./weights.ts";

/** What is to be trained to tell the class of every pixel, where, and how. */
export type SegmentationRequest = DenseRequest<SegmentationConfig> & Ade20kOptions & {
  /** A folder in the layout of ADE20K, or a set that is open; without one scenes of granules. */
  data?: string | LabeledSet | undefined;
};

/** The training of a segmenter that was checked and can begin. */
export type SegmentationJob = DenseJob<SegmentationSetup, LabeledSet>;

/**
 * Checks the training of a segmenter before anything is downloaded or written.
 *
 * @param observer Learns what may be wrong with the labels.
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareSegmentation(
  request: SegmentationRequest,
  observer?: Observer,
): Promise<SegmentationJob> {
  checkParts(request);
  const { key, heads, partial, preset, overrides = {} } = request;
  const { checkpoint, out, fresh = false, resume = false } = request;
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
  const path = await placeOfRun({ config, data, checkpoint, out, fresh, resume });
  return { ...courseOf(request), setup, weights, data, path };
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
