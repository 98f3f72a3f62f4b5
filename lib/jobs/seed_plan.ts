import type { Backend } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { begun, file, type Identity, key, type Run, runs, writeText } from "../runs/mod.ts";
import { checkEmpty } from "./unfinished.ts";
import type { Weights } from "./weights.ts";

/** What is to be run under one seed, and where. */
export type SeedPlan = { seed: number; identity: Identity; run: Run };

/** A plan for each seed, and where there are several a folder for them all. */
export type SeedPlans = { plans: SeedPlan[]; joint: Run | null };

/** What decides what runs give, but for their seeds. */
export type SeedWork = {
  config: Config;
  minutes: number | null;
  data: Dataset;
  backend: Backend;
  weights: Weights | null;
  protocol: Record<string, unknown>;
};

/**
 * The runs of consecutive seeds and their folders: named after what they are, or within the one that was given.
 *
 * @param options `count`: number of seeds; `out`: the given folder.
 */
export async function planSeeds(
  { config, minutes, data, backend, weights, protocol }: SeedWork,
  { count, out }: { count: number; out: string | null },
): Promise<SeedPlans> {
  const identity = (config: Record<string, unknown>): Identity => ({
    config,
    minutes,
    data: data.fingerprint,
    backend,
    checkpoint: weights?.fingerprint ?? null,
    protocol,
  });
  const seeds = Array.from({ length: count }, (_, i) => config.seed + i);
  const named = (seeds: string, key: string) =>
    `${runs}/${config.preset}-${data.name}-${seeds}-${key}`;
  const plans = await Promise.all(seeds.map(async (seed) => {
    const own = identity({ ...config, seed });
    const name = await key(own);
    const path = out ? (count > 1 ? `${out}/s${seed}` : out) : named(`s${seed}`, name);
    return { seed, identity: own, run: { path, key: name } };
  }));
  if (count === 1) return { plans, joint: null };
  const name = await key(identity({ ...config, seed: seeds }));
  const path = out ?? named(`s${seeds[0]}-s${seeds.at(-1)}`, name);
  return { plans, joint: { path, key: name } };
}

/**
 * Refuses folders that hold another run, or anything else.
 *
 * @throws {Error} If one does.
 */
export async function checkPlans({ plans, joint }: SeedPlans): Promise<void> {
  for (const run of [...joint ? [joint] : [], ...plans.map(({ run }) => run)]) {
    if ((await begun(run))?.key === run.key) continue;
    await checkEmpty(run.path, "another run: --fresh begins anew, another --out keeps it");
  }
}

/** Makes the folder of several seeds, with its `config.json`. */
export async function begin(joint: Run, plans: SeedPlan[], config: Config): Promise<void> {
  await Deno.mkdir(joint.path, { recursive: true });
  const told = {
    key: joint.key,
    config,
    seeds: plans.map(({ seed }) => seed),
    runs: plans.map(({ run }) => run.path),
  };
  await writeText(file(joint, "config.json"), JSON.stringify(told, null, 2) + "\n");
}
