import {
  compileSegmentationStep,
  compileSegmenter,
  initSegmentation,
  openSegmentation,
  restoreSegmentation,
  saveSegmentation,
  segmentationLength,
  type SegmentationState,
  trainSegmentation,
} from "../dense/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { toParams, type Vit } from "../models/mod.ts";
import { execution } from "../pretraining/mod.ts";
import { holdsCheckpoint, lock, pathOf } from "../runs/mod.ts";
import { type Start, stepsDone } from "../training/mod.ts";
import { dispose } from "../tree/mod.ts";
import { beginOrResume } from "./begin_or_resume.ts";
import { describeWeights } from "./describe_weights.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { SegmentationJob } from "./prepare_segmentation.ts";
import { scoringPixels } from "./scoring_pixels.ts";
import { type SegmentationResult, segmentationResult } from "./segmentation_result.ts";
import { startBackend } from "./start_backend.ts";
import type { StateFiles } from "./train_into_folder.ts";
import { trainToEnd } from "./train_to_end.ts";

/**
 * Trains a segmenter in a run's folder, and scores it on the validation part.
 *
 * @throws {Interrupted} If it was stopped.
 * @throws {Error} If it breaks off, or another process works on the run; the last checkpoint stays.
 */
export async function runSegmentation(
  job: SegmentationJob,
  { observer = silent, signal, ...computing }: JobOptions = {},
): Promise<SegmentationResult> {
  const { weights, data, path, saving, fromScratch, evalEvery } = job;
  const run = { path };
  using _ = await lock(run);
  const { runtime, step: layout } = execution({ width: job.setup.backbone.width });
  const backend = await startBackend(job.backend, { ...runtime, observer, ...computing });
  const protocol = { name: job.setup.config.protocol, fromScratch, evalEvery };
  const setup = await beginOrResume(job, { backend, protocol });
  const { precision } = setup.config as { precision: "float32" };
  if (!fromScratch) observer.tell(describeWeights(weights.path, weights.stored));
  const files = filesOf({ ...job, setup });
  const first = await holdsCheckpoint(run)
    ? files.restore(pathOf(run, "checkpoint.safetensors"))
    : files.begin();
  const { steps, stepsPerEpoch } = segmentationLength(setup.config, data.train.length);
  if (stepsDone(first.state) >= steps) {
    observer.tell(`${escapeControls(path)} has come to its last step already`);
    dispose(first.state);
    return segmentationResult({ path, setup });
  }
  const recompute = job.recompute ?? layout.recompute;
  using step = compileSegmentationStep(setup, { precision, recompute });
  using segmented = compileSegmenter(setup, { precision });
  const every = evalEvery === null ? steps : evalEvery * stepsPerEpoch;
  const train = (start: Start<SegmentationState>) =>
    scoringPixels(trainSegmentation(data.train, setup, { ...start, step }), {
      ...{ samples: data.test, setup, segmented, observer, every },
    });
  await trainToEnd(train, { run, files, first, saving, signal, observer, steps });
  return segmentationResult({ path, setup });
}

/** How the states of a job begin, and how they are kept. */
function filesOf(
  { setup, weights, fromScratch }: Pick<SegmentationJob, "setup" | "weights" | "fromScratch">,
): StateFiles<SegmentationState> {
  return {
    begin: () => {
      const backbone = fromScratch ? undefined : toParams(weights.stored) as Vit;
      return { state: initSegmentation(setup, backbone), passedOver: 0 };
    },
    restore: (path) => {
      const stored = openSegmentation(path);
      return { state: restoreSegmentation(stored), passedOver: stored.passedOver };
    },
    save: (path, state, { passedOver }) => saveSegmentation(path, state, { setup, passedOver }),
  };
}
