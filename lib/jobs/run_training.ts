import type { Backend } from "../compile/mod.ts";
import { type Config, recipeOf } from "../configs/mod.ts";
import { type Dataset, inspect, stepsPerEpoch } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { beginRun, digestFile, extendRun, keyOf, lock, pathOf, resume } from "../runs/mod.ts";
import { execution, lengthOf, type StoredState } from "../pretraining/mod.ts";
import { dispose } from "../tree/mod.ts";
import { type Observer, silent } from "./observer.ts";
import { importState } from "./earlier_run.ts";
import { deviceLoading } from "./loading.ts";
import type { TrainingJob } from "./prepare_training.ts";
import { readyStep } from "./ready_step.ts";
import { readResumable, type Resumable } from "./resumable.ts";
import { checkShared, sharedSignal } from "./shared_training.ts";
import { startBackend } from "./start_backend.ts";
import { processorsOf, type SharedJobOptions } from "./start_together.ts";
import { type Trained, trainRun } from "./train_run.ts";

/** What a pre-training has left. */
export type TrainingResult = Omit<Trained, "backbone"> & {
  /** The path of its last checkpoint. */
  checkpoint: string;
};

/**
 * Pre-trains in a run's folder. Of several processes the first one writes there.
 *
 * @throws {Interrupted} If it was stopped.
 * @throws {Error} If it breaks off, or another process works on the run; the last checkpoint stays.
 */
export async function runTraining(
  job: TrainingJob,
  { observer = silent, signal, cluster, ...computing }: SharedJobOptions = {},
): Promise<TrainingResult> {
  const { data, maxBad, saving, layout, path } = job;
  const run = { path };
  if (cluster) checkShared(job, cluster.workers.length);
  const writes = !cluster || cluster.index === 0;
  await inspect(data.train, { maxBad });
  using _ = writes ? await lock(run) : null;
  // Once more, now that nobody else writes it.
  const resumable = job.resume ? await readResumable(run) : null;
  const { config, minutes } = job;
  const processors = processorsOf(cluster);
  const { runtime } = execution(config, processors);
  const requested = cluster ? "tensorflow" : job.backend;
  const backend = await startBackend(requested, { ...runtime, cluster, observer, ...computing });
  using group = cluster ? sharedSignal(signal) : undefined;
  const { title } = recipeOf(config.method);
  observer.tell(
    `${title} on ${escapeControls(data.name)}: ${data.train.length} images to learn from`,
  );
  const loading = deviceLoading({ processors, ...job.loading }, observer);
  const done = resumable?.from?.step ?? stepsBefore(job);
  using ready = await readyStep(data, config, {
    ...{ minutes, maxBad, layout, loading, done, processors },
  });
  if (writes) await open(job, { resumable, resolved: ready.config, backend, done, observer });
  group?.meet(); // the files are those of this run
  const from: StoredState | null = (resumable ?? await readResumable(run))?.from ?? null;
  const { backbone, ...trained } = await trainRun(data, ready, {
    ...{ run, from, saving, maxBad, loading, observer, signal, group },
  });
  dispose(backbone);
  return { ...trained, checkpoint: pathOf(run, "checkpoint.safetensors") };
}

/** What a run's folder is opened with. */
type Opening = {
  /** The run that is continued. */
  resumable: Resumable | null;
  resolved: Config;
  backend: Backend;
  /** Steps done before. */
  done: number;
  observer: Observer;
};

/** Writes the record of a run that begins or is continued, and the state from which it starts. */
async function open(
  job: TrainingJob,
  { resumable, resolved, backend, done, observer }: Opening,
): Promise<void> {
  const { config, data, earlier, minutes, path } = job;
  if (resumable) {
    await resume({ path });
    if (isLonger(data, resolved, resumable.config)) {
      await extendRun({ path }, { minutes, resolved: { ...resolved }, step: done });
    }
    return;
  }
  await begin(job, { requested: config, resolved, backend });
  if (earlier) await importState({ path }, { earlier, config: resolved }, { data, observer });
}

/** Steps that were done in an earlier run, which this one continues. */
function stepsBefore({ earlier, config, data }: TrainingJob): number {
  return earlier?.step(stepsPerEpoch(data.train.length, config.batchSize)) ?? 0;
}

/** Whether a run has more steps than its record says. */
function isLonger(data: Dataset, config: Config, before: Config): boolean {
  const { length } = data.train;
  return lengthOf(config, length).steps > lengthOf(before, length).steps;
}

/** Writes the record of a new run. */
async function begin(
  { data, minutes, earlier, path }: TrainingJob,
  { requested, resolved, backend }: { requested: Config; resolved: Config; backend: Backend },
): Promise<void> {
  const identity = {
    config: { ...requested },
    minutes,
    data: data.fingerprint,
    backend,
    checkpoint: earlier && await digestFile(earlier.path),
    protocol: {},
  };
  await beginRun({ path, key: await keyOf(identity) }, {
    ...identity,
    resolved: { ...resolved },
    dataName: data.name,
    images: data.train.length,
  });
}
