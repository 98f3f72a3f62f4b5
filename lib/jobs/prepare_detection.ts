import { configureDetection, type DetectionConfig } from "../configs/mod.ts";
import {
  type CocoSample,
  cocoScenes,
  type CocoSet,
  granuleScenes,
  learnable,
  openCoco,
} from "../datasets/mod.ts";
import { detectionLength, type DetectionSetup, detectionSetup } from "../dense/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { checkParts } from "./check_parts.ts";
import { courseOf, type DenseJob, type DenseRequest } from "./dense_training.ts";
import { placeOfRun } from "./run_place.ts";
import { storedSetup } from "./stored_setup.ts";
import { openWeights } from "./weights.ts";

/** What is to be trained to find objects, where, and how. */
export type DetectionRequest = DenseRequest<DetectionConfig> & {
  /** A folder in the layout of COCO, or a set that is open; without one scenes of granules. */
  data?: string | CocoSet | undefined;
};

/** The training of a detector that was checked and can begin. */
export type DetectionJob = DenseJob<DetectionSetup, CocoSet>;

/**
 * Checks the training of a detector before anything is downloaded or written.
 *
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareDetection(
  request: DetectionRequest,
): Promise<DetectionJob> {
  checkParts(request);
  const { key, heads, partial, preset, overrides = {} } = request;
  const { checkpoint, out, fresh = false, resume = false } = request;
  const weights = await openWeights(checkpoint, { key, heads, partial });
  const repeated = { protocol: "detection", preset, overrides, weights };
  const stored = resume ? await storedSetup<DetectionSetup>(out, repeated) : null;
  const config = stored?.config ?? configureDetection({ preset, overrides });
  const data = typeof request.data === "string"
    ? await openCoco(request.data)
    : request.data ?? await cocoScenes(granuleScenes());
  const { sizes } = weights.stored;
  const setup = stored ?? detectionSetup(config, sizes, data.categories.length);
  checkSet(data, setup);
  const path = await placeOfRun({ config, data, checkpoint, out, fresh, resume });
  return { ...courseOf(request), setup, weights, data, path };
}

/** Refuses a set in which there is nothing to learn or to score, and other classes. */
function checkSet(
  { name: setName, train, test, categories }: CocoSet,
  { config, classes }: DetectionSetup,
): void {
  const name = escapeControls(setName);
  const { length } = learnable(train);
  const scored = test.flatMap(({ annotations }) => annotations)
    .filter(({ iscrowd }) => iscrowd !== 1);
  const parts: [count: number, lack: string][] = [
    [train.length, "it has no images to learn from"],
    [test.length, "it has no images to be scored on"],
    [length, "no objects are marked to learn from"],
    [scored.length, "no objects are marked in the images to be scored on"],
  ];
  const [, lack] = parts.find(([count]) => count === 0) ?? [];
  if (lack) throw new Error(`Cannot train on ${name} and score it: ${lack}`);
  if (classes !== categories.length) {
    throw new Error(
      `Cannot continue with ${name}: the run began with ${classes} classes, and it has ` +
        `${categories.length}`,
    );
  }
  const { batchSize } = config;
  if (batchSize > length) {
    throw new RangeError(
      `\`batchSize\` ${batchSize} is more than the ${length} training images of ${name} in which ` +
        "objects are marked; give a smaller one",
    );
  }
  detectionLength(config, length);
  for (const sample of [...train, ...test]) checkMasks(sample);
}

/** Refuses an object without mask, by which training or its score would break off. */
function checkMasks({ id, annotations }: CocoSample): void {
  const bare = annotations.find(({ segmentation }) => !segmentation);
  if (!bare) return;
  throw new TypeError(
    `Cannot learn masks from ${escapeControls(id)}: annotation ${bare.id} has no ` +
      "`segmentation`; leave it out of the file",
  );
}
