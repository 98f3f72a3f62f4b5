import type { Config } from "../configs/mod.ts";
import { type Dataset, portion, type Skipped } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { describeBackbone, type Encoder, encoderOf, untrained } from "../models/mod.ts";
import { execution } from "../pretraining/mod.ts";
import { measuredRows, type Row } from "../report/mod.ts";
import {
  beginRun,
  finishRun,
  lock,
  noteSkipped,
  readConfig,
  readResult,
  resume,
  type Run,
} from "../runs/mod.ts";
import { leaveOut } from "./leave_out.ts";
import { deviceLoading, type LoadingSettings } from "./loading.ts";
import { type JobOptions, type Observer, silent } from "./observer.ts";
import { readyStep } from "./ready_step.ts";
import { readResumable, type Resumable } from "./resumable.ts";
import type { Saving } from "./saving.ts";
import { scoreNetworks } from "./score_networks.ts";
import type { Experiment, SeedRun } from "./seed_plan.ts";
import { startBackend } from "./start_backend.ts";
import { documents, type SeedResult } from "./table_result.ts";
import { type Trained, trainRun } from "./train_run.ts";
import { toEncoder, type Weights } from "./weights.ts";

/** What is trained and scored under a seed, and how. */
export type SeedWork = Experiment & {
  /** What tables call the network: by its method, or `checkpoint` where nothing says it. */
  name: string;
  /** The greatest share of images that may be unreadable. */
  maxBad: number;
  skipBad: boolean;
  saving: Saving;
  loading: LoadingSettings;
};

/**
 * The result of one seed: of the finished run of the same key, of the unfinished one brought to its
 * end, or of a new one.
 *
 * @throws {Interrupted} If it was stopped while it trained.
 */
export async function oneSeed(
  work: SeedWork,
  seed: SeedRun,
  { observer = silent, signal, ...computing }: JobOptions = {},
): Promise<SeedResult> {
  const { run } = seed;
  const stored = await readResult<SeedResult>(run);
  if (stored) {
    observer.tell(`Finished before: ${escapeControls(run.path)} (\`fresh\` repeats it)`);
    return { ...stored, rows: stored.rows.map(completed), leftOut: stored.leftOut ?? noneLeftOut };
  }
  using _ = await lock(run);
  return await trainAndScore(work, seed, { observer, signal, ...computing });
}

/** A row of this version: those of earlier ones do not say what training cost. */
function completed(stored: Row): Row {
  return {
    ...stored,
    imagesPerSecond: stored.imagesPerSecond ?? null,
    memory: stored.memory ?? null,
  };
}

const noneLeftOut = { train: 0, test: 0 };

async function trainAndScore(
  work: SeedWork,
  seed: SeedRun,
  { observer, signal, ...computing }: JobOptions & { observer: Observer },
): Promise<SeedResult> {
  const { name, config, weights, protocol, backend, maxBad, skipBad } = work;
  await startBackend(backend, { ...execution(config).runtime, observer, ...computing });
  const { data, skipped, leftOut } = await leaveOut(work.data, {
    ...{ skipBad, observer, maxBad: weights ? 1 : maxBad },
  });
  const scored = portion(data, protocol.images ?? null);
  observer.tell(
    `${name} on ${escapeControls(data.name)}: ${data.train.length} images to learn from, ` +
      `${scored.test.length} to test on`,
  );
  // Before training, since the baselines find an image that cannot be read.
  const baselines = protocol.baselines === false
    ? []
    : await scoreNetworks(scored, [], { ...work, observer });
  const start = performance.now();
  const network = await learn({ ...work, data }, seed, { skipped, observer, signal });
  using encoder = network.encoder;
  const end = performance.now();
  const { trained, config: frozen } = network;
  using initial = untrained(frozen);
  const ours = await scoreNetworks(scored, [encoder, initial], {
    ...work,
    config: frozen,
    observer,
  });
  const scores = [...ours, ...baselines];
  const rows = measuredRows(scores, {
    data: data.name,
    levels: Object.keys(data.classes).length,
    config: frozen,
    network: describeBackbone(frozen),
    trained,
  });
  const table: SeedResult = {
    rows,
    curve: trained?.curve ?? [],
    scores,
    leftOut,
    scoredOn: protocol.images ?? null,
    seconds: {
      training: (end - start) / 1000,
      scoring: (performance.now() - end) / 1000,
    },
  };
  await finishRun(seed.run, table, await documents(rows, { ...table, checkpoint: weights?.path }));
  return table;
}

/** What a seed's run has learned. */
type Learned = { config: Config; encoder: Encoder; trained: Trained | null };

/**
 * The encoder to score: of the weights that are given, or of those with which training ends, which
 * leaves its traces in the run's folder.
 */
async function learn(
  { name, config, data, weights, minutes, maxBad, saving, loading }: SeedWork,
  { run, identity }: SeedRun,
  { skipped, observer, signal }: JobOptions & { skipped: Skipped[]; observer: Observer },
): Promise<Learned> {
  const images = data.train.length;
  const begin = (resolved: Partial<Config>) =>
    beginRun(run, { ...identity, resolved: { ...resolved }, dataName: data.name, images });
  if (weights) {
    await begin(scoredConfig(config, weights));
    await noteSkipped(run, skipped);
    return { config, encoder: toEncoder(weights, { name, observer }), trained: null };
  }
  const unfinished = await readUnfinished(run, data, observer);
  const files = deviceLoading(loading, observer);
  using ready = await readyStep(data, unfinished?.config ?? config, {
    minutes: unfinished ? null : minutes,
    ...{ maxBad, loading: files },
  });
  if (unfinished) await resume(run);
  else await begin(ready.config);
  await noteSkipped(run, skipped);
  const from = unfinished?.from ?? null;
  const trained = await trainRun(data, ready, {
    ...{ run, from, saving, maxBad, loading: files, observer, signal },
  });
  const { heads, resnet } = ready.config;
  const encoder = encoderOf(trained.backbone, { name, heads, resnet });
  return { config: ready.config, encoder, trained };
}

/** What was scored, of a configuration that also says how to train. */
function scoredConfig(config: Config, weights: Weights): Partial<Config> {
  const names = new Set([...Object.keys(weights.config), ...scoredFields]);
  return Object.fromEntries(Object.entries(config).filter(([name]) => names.has(name)));
}

/** Fields that do not only stand in the weights. */
const scoredFields = ["preset", "arch", "seed", "evalCrop", "evalSize", "exif"];

/** How far a run of the same key, with as many images, has come; `null` where there is none. */
async function readUnfinished(
  run: Run,
  { train }: Dataset,
  observer: Observer,
): Promise<Resumable | null> {
  const record = await readConfig(run);
  if (record?.key !== run.key || record.images !== train.length) return null;
  const resumable = await readResumable(run);
  const step = resumable?.from?.step ?? 0;
  const name = escapeControls(run.path);
  observer.tell(`Continuing ${name}, after step ${step} (\`fresh\` begins anew)`);
  return resumable;
}
