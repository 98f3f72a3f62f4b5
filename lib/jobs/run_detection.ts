import {
  compileDetectionStep,
  compileDetectorPasses,
  detectionLength,
  type DetectionState,
  initDetection,
  openDetection,
  passOf,
  restoreDetection,
  saveDetection,
  trainDetection,
} from "../dense/mod.ts";
import { learnable } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { toParams, type Vit } from "../models/mod.ts";
import { execution } from "../pretraining/mod.ts";
import { holdsCheckpoint, lock, pathOf } from "../runs/mod.ts";
import { type Start, stepsDone } from "../training/mod.ts";
import { dispose } from "../tree/mod.ts";
import { beginOrResume } from "./begin_or_resume.ts";
import { describeWeights } from "./describe_weights.ts";
import { type DetectionResult, detectionResult } from "./detection_result.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { DetectionJob } from "./prepare_detection.ts";
import { scoringObjects } from "./scoring_objects.ts";
import { startBackend } from "./start_backend.ts";
import type { StateFiles } from "./train_into_folder.ts";
import { trainToEnd } from "./train_to_end.ts";

/**
 * Trains a detector in a run's folder, and scores it on the validation part.
 *
 * @throws {Interrupted} If it was stopped.
 * @throws {Error} If it breaks off, or another process works on the run; the last checkpoint stays.
 */
export async function runDetection(
  job: DetectionJob,
  { observer = silent, signal, ...computing }: JobOptions = {},
): Promise<DetectionResult> {
  const { weights, data, path, saving, fromScratch, evalEvery } = job;
  const { train: samples, categories } = data;
  const run = { path };
  using _ = await lock(run);
  const { runtime, step: layout } = execution({ width: job.setup.backbone.width });
  const backend = await startBackend(job.backend, { ...runtime, observer, ...computing });
  const protocol = { name: job.setup.config.protocol, fromScratch, evalEvery };
  const setup = await beginOrResume(job, { backend, protocol });
  const { precision } = setup.config as { precision: "float32" };
  for (const note of data.notes) observer.tell(note);
  if (!fromScratch) observer.tell(describeWeights(weights.path, weights.stored));
  const files = filesOf({ ...job, setup });
  const first = await holdsCheckpoint(run)
    ? files.restore(pathOf(run, "checkpoint.safetensors"))
    : files.begin();
  const { steps, stepsPerEpoch } = detectionLength(setup.config, learnable(samples).length);
  if (stepsDone(first.state) >= steps) {
    observer.tell(`${escapeControls(path)} has come to its last step already`);
    dispose(first.state);
    return detectionResult({ path, setup });
  }
  const recompute = job.recompute ?? layout.recompute;
  using step = compileDetectionStep(setup, { precision, recompute });
  using passes = compileDetectorPasses({ ...passOf(setup), training: false, precision });
  const every = evalEvery === null ? steps : evalEvery * stepsPerEpoch;
  const train = (start: Start<DetectionState>) =>
    scoringObjects(trainDetection(samples, setup, { ...start, step, categories }), {
      ...{ data, setup, passes, observer, every },
    });
  await trainToEnd(train, { run, files, first, saving, signal, observer, steps });
  return detectionResult({ path, setup });
}

/** How the states of a job begin, and how they are kept. */
function filesOf(
  { setup, weights, fromScratch }: Pick<DetectionJob, "setup" | "weights" | "fromScratch">,
): StateFiles<DetectionState> {
  return {
    begin: () => {
      const backbone = fromScratch ? undefined : toParams(weights.stored) as Vit;
      return { state: initDetection(setup, backbone), passedOver: 0 };
    },
    restore: (path) => {
      const stored = openDetection(path);
      return { state: restoreDetection(stored), passedOver: stored.passedOver };
    },
    save: (path, state, { passedOver }) => saveDetection(path, state, { setup, passedOver }),
  };
}
