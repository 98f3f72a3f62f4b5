import { inspect } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { featureWidth, toParams } from "../models/mod.ts";
import { execution } from "../pretraining/mod.ts";
import {
  classifierLength,
  type ClassifierState,
  compileClassifierStep,
  compileClassify,
  initClassifier,
  openClassifier,
  restoreClassifier,
  saveClassifier,
  trainClassifier,
} from "../protocols/mod.ts";
import { holdsCheckpoint, lock, pathOf } from "../runs/mod.ts";
import { type Start, stepsDone } from "../training/mod.ts";
import { dispose } from "../tree/mod.ts";
import { beginOrResume } from "./begin_or_resume.ts";
import { classifierLayout } from "./classifier_layout.ts";
import { type ClassifierResult, resultOf } from "./classifier_result.ts";
import { describeWeights } from "./describe_weights.ts";
import { evaluating } from "./evaluating.ts";
import { leaveOut } from "./leave_out.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { ClassifierJob } from "./prepare_classifier.ts";
import { deviceLoading } from "./loading.ts";
import { startBackend } from "./start_backend.ts";
import type { StateFiles } from "./train_into_folder.ts";
import { trainToEnd } from "./train_to_end.ts";

/**
 * Trains a classifier in a run's folder, and scores it on the test part after its epochs.
 *
 * @throws {Interrupted} If it was stopped.
 * @throws {Error} If it breaks off, or another process works on the run; the last checkpoint stays.
 */
export async function runClassifier(
  job: ClassifierJob,
  { observer = silent, signal, ...computing }: JobOptions = {},
): Promise<ClassifierResult> {
  const { weights, level, maxBad, skipBad, path, saving, fromScratch, evalEvery } = job;
  const run = { path };
  if (!skipBad) await inspect(job.data.train, { maxBad });
  const { data, leftOut } = await leaveOut(job.data, { skipBad, maxBad, observer });
  using _ = await lock(run);
  const { runtime } = execution({ width: featureWidth(job.setup.backbone) });
  const backend = await startBackend(job.backend, { ...runtime, observer, ...computing });
  const protocol = { name: job.setup.config.protocol, fromScratch, level, evalEvery };
  const setup = await beginOrResume(job, { backend, protocol });
  const { precision } = setup.config as { precision: "float32" };
  if (!fromScratch) observer.tell(describeWeights(weights.path, weights.stored));
  const files = filesOf({ ...job, setup });
  const first = await holdsCheckpoint(run)
    ? files.restore(pathOf(run, "checkpoint.safetensors"))
    : files.begin();
  const { steps, stepsPerEpoch } = classifierLength(setup.config, data.train.length);
  if (stepsDone(first.state) >= steps) {
    observer.tell(`${escapeControls(path)} has come to its last step already`);
    dispose(first.state);
    return resultOf({ path, setup }, leftOut);
  }
  using step = compileClassifierStep(setup, {
    ...classifierLayout(setup, job.layout),
    precision,
  });
  using classified = compileClassify(setup, { precision });
  const loading = deviceLoading(job.loading, observer);
  const train = (start: Start<ClassifierState>) =>
    evaluating(trainClassifier(data.train, setup, { ...start, ...loading, step, level, maxBad }), {
      ...{ samples: data.test, setup, level, classified, observer },
      perClass: data.usual?.score === "perClass",
      every: evalEvery * stepsPerEpoch,
    });
  await trainToEnd(train, { run, files, first, saving, signal, observer, steps });
  return resultOf({ path, setup }, leftOut);
}

/** How the states of a job begin, and how they are kept. */
function filesOf(
  { setup, weights, fromScratch }: Pick<ClassifierJob, "setup" | "weights" | "fromScratch">,
): StateFiles<ClassifierState> {
  return {
    begin: () => ({
      state: initClassifier(setup, fromScratch ? undefined : toParams(weights.stored)),
      passedOver: 0,
    }),
    restore: (path) => {
      const stored = openClassifier(path);
      return { state: restoreClassifier(stored), passedOver: stored.passedOver };
    },
    save: (path, state, { passedOver }) => saveClassifier(path, state, { setup, passedOver }),
  };
}
