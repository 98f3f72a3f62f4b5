import {
  compileDetectionStep,
  compileDetectorPasses,
  detectionLength,
  type DetectionSetup,
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
import { execution, precisionOf } from "../pretraining/mod.ts";
import {
  beginRun,
  holdsCheckpoint,
  Interrupted,
  keyOf,
  lock,
  pathOf,
  readConfig,
  resume,
} from "../runs/mod.ts";
import { type Start, stepsDone } from "../training/mod.ts";
import { dispose } from "../tree/mod.ts";
import { describeWeights } from "./describe_weights.ts";
import { type DetectionResult, detectionResult } from "./detection_result.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { DetectionJob } from "./prepare_detection.ts";
import { heeding, reporter } from "./reporting.ts";
import { scoringObjects } from "./scoring_objects.ts";
import { startBackend } from "./start_backend.ts";
import { type StateFiles, trainIntoFolder } from "./train_into_folder.ts";

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
  const { weights, data, path, saving } = job;
  const { train: samples, categories } = data;
  const run = { path };
  using _ = await lock(run);
  const { runtime, step: layout } = execution({ width: job.setup.backbone.width });
  const backend = await startBackend(job.backend, { ...runtime, observer, ...computing });
  const setup = await beginOrResume(job, backend);
  const { precision } = setup.config as { precision: "float32" };
  for (const note of data.notes) observer.tell(note);
  if (!job.fromScratch) observer.tell(describeWeights(weights.path, weights.stored));
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
  const every = job.evalEvery === null ? steps : job.evalEvery * stepsPerEpoch;
  const train = (start: Start<DetectionState>) =>
    scoringObjects(trainDetection(samples, setup, { ...start, step, categories }), {
      ...{ data, setup, passes, observer, every },
    });
  const report = reporter(observer), tell = (line: string) => observer.tell(line);
  let { state } = first;
  {
    using _ = heeding(observer);
    for await (const fact of trainIntoFolder(train, { run, files, first, saving, signal, tell })) {
      report(fact);
      state = fact.state;
    }
  }
  const done = stepsDone(state);
  dispose(state);
  if (signal?.aborted && done < steps) {
    throw new Interrupted(`Stopped after step ${done} of ${steps}, which is saved`);
  }
  return detectionResult({ path, setup });
}

/** Writes the record of a new run, or takes up an old one, whose setup it returns. */
async function beginOrResume(job: DetectionJob, backend: string): Promise<DetectionSetup> {
  const { path, data, weights, fromScratch, evalEvery } = job;
  if (job.resume) {
    await resume({ path });
    return (await readConfig({ path }))!.resolved as DetectionSetup;
  }
  const { config, ...sizes } = job.setup;
  const setup = { ...sizes, config: { ...config, precision: precisionOf(config) } };
  const identity = {
    config: { ...config },
    minutes: null,
    data: data.fingerprint,
    backend,
    checkpoint: weights.fingerprint,
    protocol: { name: config.protocol, fromScratch, evalEvery },
  };
  await beginRun({ path, key: await keyOf(identity) }, {
    ...identity,
    resolved: setup,
    dataName: data.name,
    images: data.train.length,
  });
  return setup;
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
