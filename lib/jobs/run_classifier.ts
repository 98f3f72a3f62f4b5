import { inspect } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { featureWidth, toParams } from "../models/mod.ts";
import { execution, precisionOf } from "../pretraining/mod.ts";
import {
  classifierLength,
  type ClassifierSetup,
  type ClassifierState,
  compileClassifierStep,
  compileClassify,
  initClassifier,
  openClassifier,
  restoreClassifier,
  saveClassifier,
  trainClassifier,
} from "../protocols/mod.ts";
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
import { classifierLayout } from "./classifier_layout.ts";
import { type ClassifierResult, resultOf } from "./classifier_result.ts";
import { describeWeights } from "./describe_weights.ts";
import { evaluating } from "./evaluating.ts";
import { leaveOut } from "./leave_out.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { ClassifierJob } from "./prepare_classifier.ts";
import { deviceLoading } from "./loading.ts";
import { heeding, reporter } from "./reporting.ts";
import { startBackend } from "./start_backend.ts";
import { type StateFiles, trainIntoFolder } from "./train_into_folder.ts";

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
  const { weights, level, maxBad, skipBad, path, saving, evalEvery } = job;
  const run = { path };
  if (!skipBad) await inspect(job.data.train, { maxBad });
  const { data, leftOut } = await leaveOut(job.data, { skipBad, maxBad, observer });
  using _ = await lock(run);
  const { runtime } = execution({ width: featureWidth(job.setup.backbone) });
  const backend = await startBackend(job.backend, { ...runtime, observer, ...computing });
  const setup = await beginOrResume(job, backend);
  const { precision } = setup.config as { precision: "float32" };
  if (!job.fromScratch) observer.tell(describeWeights(weights.path, weights.stored));
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
  const report = reporter(observer);
  const loading = deviceLoading(job.loading, observer);
  const train = (start: Start<ClassifierState>) =>
    evaluating(trainClassifier(data.train, setup, { ...start, ...loading, step, level, maxBad }), {
      ...{ samples: data.test, setup, level, classified, observer },
      perClass: data.usual?.score === "perClass",
      every: evalEvery * stepsPerEpoch,
    });
  const tell = (line: string) => observer.tell(line);
  let state = first.state;
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
  return resultOf({ path, setup }, leftOut);
}

/** Writes the record of a new run, or takes up an old one, whose setup it returns. */
async function beginOrResume(job: ClassifierJob, backend: string): Promise<ClassifierSetup> {
  const { path, data, weights } = job;
  if (job.resume) {
    await resume({ path });
    return (await readConfig({ path }))!.resolved as ClassifierSetup;
  }
  const { config, ...sizes } = job.setup;
  const setup = { ...sizes, config: { ...config, precision: precisionOf(config) } };
  const { fromScratch, level, evalEvery } = job;
  const identity = {
    config: { ...config },
    minutes: null,
    data: data.fingerprint,
    backend,
    checkpoint: weights.fingerprint,
    protocol: { name: config.protocol, fromScratch, level, evalEvery },
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
