import type { Backend } from "../compile/mod.ts";
import { type Config, recipeOf } from "../configs/mod.ts";
import { type Dataset, inspect, stepsPerEpoch } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { beginRun, digestFile, extendRun, keyOf, lock, pathOf, resume } from "../runs/mod.ts";
import { execution, lengthOf, type StoredState } from "../pretraining/mod.ts";
import { dispose } from "../tree/mod.ts";
import { type JobOptions, silent } from "./observer.ts";
import { importState } from "./earlier_run.ts";
import { deviceLoading } from "./loading.ts";
import type { TrainingJob } from "./prepare_training.ts";
import { readyStep } from "./ready_step.ts";
import { readResumable } from "./resumable.ts";
import { startBackend } from "./start_backend.ts";
import { type Trained, trainRun } from "./train_run.ts";

/** What a pre-training has left. */
export type TrainingResult = Omit<Trained, "backbone"> & {
  /** The path of its last checkpoint. */
  checkpoint: string;
};

/**
 * Pre-trains in a run's folder.
 *
 * @throws {Interrupted} If it was stopped.
 * @throws {Error} If it breaks off, or another process works on the run; the last checkpoint stays.
 */
export async function runTraining(
  job: TrainingJob,
  { observer = silent, signal, ...computing }: JobOptions = {},
): Promise<TrainingResult> {
  const { data, maxBad, saving, layout, path } = job;
  const run = { path };
  await inspect(data.train, { maxBad });
  using _ = await lock(run);
  // Once more, now that nobody else writes it.
  const resumable = job.resume ? await readResumable(run) : null;
  const { config, minutes } = job;
  const { runtime } = execution(config);
  const backend = await startBackend(job.backend, { ...runtime, observer, ...computing });
  const { title } = recipeOf(config.method);
  observer.tell(
    `${title} on ${escapeControls(data.name)}: ${data.train.length} images to learn from`,
  );
  const loading = deviceLoading(job.loading, observer);
  const done = resumable?.from?.step ?? stepsBefore(job);
  using ready = await readyStep(data, config, { minutes, maxBad, layout, loading, done });
  if (resumable) {
    await resume(run);
    if (isLonger(data, ready.config, resumable.config)) {
      await extendRun(run, { minutes, resolved: { ...ready.config }, step: done });
    }
  } else await begin(job, { requested: config, resolved: ready.config, backend });
  if (!resumable && job.earlier) {
    const { earlier } = job;
    await importState(run, { earlier, config: ready.config }, { data, observer });
  }
  const from: StoredState | null = (resumable ?? await readResumable(run))?.from ?? null;
  const { backbone, ...trained } = await trainRun(data, ready, {
    ...{ run, from, saving, maxBad, loading, observer, signal },
  });
  dispose(backbone);
  return { ...trained, checkpoint: pathOf(run, "checkpoint.safetensors") };
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
