import type { Backend } from "../compile/mod.ts";
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
import type { BackboneOptions } from "../models/mod.ts";
import { checkParts } from "./check_parts.ts";
import { checkElsewhere, checkFolder } from "./destination.ts";
import { newFolder } from "./new_folder.ts";
import { checkEmpty, checkSameData } from "./resumable.ts";
import type { Saving } from "./saving.ts";
import { storedSetup } from "./stored_setup.ts";
import { openWeights, type Weights } from "./weights.ts";

/** What is to be trained to find objects, where, and how. */
export type DetectionRequest = BackboneOptions & {
  preset?: string | undefined;
  /** Fields of the recipe that differ from the preset. */
  overrides?: Partial<DetectionConfig>;
  /** The weights to begin with. */
  checkpoint: string;
  /** Whether a network of these sizes begins at random instead, as a baseline. */
  fromScratch?: boolean;
  /** A folder in the layout of COCO, or a set that is open; without one scenes of granules. */
  data?: string | CocoSet | undefined;
  /** The run's folder; by default a new one where all runs lie. */
  out?: string | undefined;
  saving?: Saving;
  /** Whether the insides of blocks are computed anew for the gradient; by default of wide networks. */
  recompute?: boolean;
  /** Epochs between evaluations; by default the end alone is scored. */
  evalEvery?: number;
  /** Whether a run that is there is replaced. */
  fresh?: boolean;
  /** Whether the run in `out` is continued; what is repeated of its recipe must be the same. */
  resume?: boolean;
  backend?: Backend;
};

/** The training of a detector that was checked and can begin. */
export type DetectionJob = {
  setup: DetectionSetup;
  weights: Weights;
  fromScratch: boolean;
  data: CocoSet;
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
 * Checks the training of a detector before anything is downloaded or written.
 *
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareDetection(
  { checkpoint, fromScratch = false, out, fresh = false, ...request }: DetectionRequest,
): Promise<DetectionJob> {
  checkParts(request);
  const { key, heads, partial, resume = false, preset, overrides = {} } = request;
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
