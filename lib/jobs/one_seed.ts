import type { Backend } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Dataset, ImageCounts, Skipped } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import { measuredRows, type Scored } from "../report/mod.ts";
import { begun, finish, finished, goOn, lock, type Run, start } from "../runs/mod.ts";
import { allowance } from "./budget.ts";
import type { Conduct } from "./conduct.ts";
import { counters } from "./extract.ts";
import { type Interruption, say } from "../cli/mod.ts";
import type { SeedPlan } from "./seed_plan.ts";
import { documents, type Result } from "./result.ts";
import { complete, leaveOut, noteSkipped } from "./skipped.ts";
import { startBackend } from "./start_backend.ts";
import { ready, train, type Trained } from "./train.ts";
import { type Unfinished, unfinished } from "./unfinished.ts";
import { toEncoder, type Weights } from "./weights.ts";

/** What is trained and scored, and how. */
export type SeedOptions = {
  config: Config;
  data: Dataset;
  /** Scored instead of training. */
  weights: Weights | null;
  minutes: number | null;
  protocol: { k: number; temperature: number; images?: ImageCounts };
  backend: Backend;
  maxBad: number;
  skipBad: boolean;
  conduct: Conduct;
  interruption: Interruption;
};

/** The rows of one seed: of the finished run of the same key, the interrupted one brought to its end, or a new one. */
export async function oneSeed(options: SeedOptions, plan: SeedPlan): Promise<Result> {
  const { run } = plan;
  const known = await finished<Result>(run);
  if (known) {
    say(`Finished before: ${run.path} (--fresh repeats it)`);
    return { ...known, leftOut: known.leftOut ?? complete };
  }
  using _ = await lock(run);
  return await work(options, plan);
}

async function work(options: SeedOptions, plan: SeedPlan): Promise<Result> {
  const { config, weights, protocol, backend, maxBad, skipBad } = options;
  const { untrained, vitParameters } = await import("../models/mod.ts");
  const { portion } = await import("../datasets/mod.ts");
  const { execution } = await import("../pretraining/mod.ts");
  await startBackend(backend, execution(config).runtime);
  const { data, skipped, leftOut } = skipBad
    ? await leaveOut(options.data, weights ? 1 : maxBad)
    : { data: options.data, skipped: [], leftOut: complete };
  const shown = portion(data, protocol.images ?? null);
  say(
    `Mugs on ${data.name}: ${data.train.length} images to learn from, ${shown.test.length} to be tested on`,
  );
  // Before training, since they find an image that cannot be read.
  const baselines = await score(shown, [], { ...options, baselines: true });
  const began = performance.now();
  const { config: frozen, encoder, trained } = await learned({ ...options, data }, plan, skipped);
  const learnt = performance.now();
  using initial = untrained(frozen);
  const encoders = [encoder, initial];
  const scored = [...await score(shown, encoders, { ...options, config: frozen }), ...baselines];
  encoder.dispose();
  const levels = Object.keys(data.classes).length;
  const rows = measuredRows(scored, {
    ...{ data: data.name, levels, config: frozen, parameters: vitParameters(frozen), trained },
  });
  const result: Result = {
    rows,
    curve: trained?.curve ?? [],
    scores: scored,
    leftOut,
    scoredOn: protocol.images ?? null,
    seconds: {
      training: (learnt - began) / 1000,
      scoring: (performance.now() - learnt) / 1000,
    },
  };
  await finish(plan.run, result, await documents(rows, result));
  return result;
}

/** k-NN and linear probe of encoders, or of what needs none. */
async function score(
  data: Dataset,
  encoders: Encoder[],
  { config, protocol, backend, baselines }: SeedOptions & { baselines?: boolean },
): Promise<Scored[]> {
  const { scoreAll } = await import("../protocols/mod.ts");
  say(`scoring ${encoders.map(({ name }) => name).join(" and ") || "baselines"}`);
  const { k, temperature } = protocol;
  const { largestProbe } = allowance(backend);
  const settings = { k, temperature, seed: config.seed, largestProbe, baselines };
  return await scoreAll(data, encoders, { ...config, ...settings, onProgress: counters() });
}

/** The network to score: the weights that were given, or those that training ends with, which leaves its traces in the run's folder. */
async function learned(
  { config, data, weights, minutes, maxBad, conduct, interruption }: SeedOptions,
  { run, identity }: SeedPlan,
  skipped: Skipped[],
): Promise<{ config: Config; encoder: Encoder; trained: Trained | null }> {
  const images = data.train.length;
  const begin = (resolved: Config) =>
    start(run, { ...identity, resolved: { ...resolved }, dataName: data.name, images });
  if (weights) {
    await begin(config);
    await noteSkipped(run, skipped);
    return { config, encoder: await toEncoder(weights, { name: "Mugs" }), trained: null };
  }
  const before = await interrupted(run, images);
  using prepared = await ready(data, before?.config ?? config, {
    minutes: before ? null : minutes,
    maxBad,
  });
  if (before) await goOn(run);
  else await begin(prepared.config);
  await noteSkipped(run, skipped);
  const trained = await interruption.heeded((signal) =>
    train(data, prepared, { run, from: before?.from ?? null, conduct, maxBad, signal })
  );
  const { vitEncoder } = await import("../models/mod.ts");
  const encoder = vitEncoder(trained.vit, { name: "Mugs", heads: prepared.config.heads });
  return { config: prepared.config, encoder, trained };
}

/** Where a run of the same key, with as many images, has come to; `null` where there is none. */
async function interrupted(run: Run, images: number): Promise<Unfinished | null> {
  const before = await begun(run);
  if (before?.key !== run.key || before.images !== images) return null;
  const found = await unfinished(run);
  say(`Going on with ${run.path}, after step ${found?.from?.step ?? 0} (--fresh begins anew)`);
  return found;
}
