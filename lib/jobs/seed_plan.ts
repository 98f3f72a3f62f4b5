import type { Backend } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Dataset, ImageCounts } from "../datasets/mod.ts";
import {
  type Identity,
  keyOf,
  pathOf,
  readConfig,
  type Run,
  runsFolder,
  writeText,
} from "../runs/mod.ts";
import { checkEmpty } from "./resumable.ts";
import type { Weights } from "./weights.ts";

/** The run of one seed. */
export type SeedRun = { seed: number; identity: Identity; run: Run };

/** The runs of all seeds, and where there are several a folder for them all. */
export type SeedPlan = { seeds: SeedRun[]; joint: Run | null };

/** How networks are scored. */
export type TableProtocol = {
  k: number;
  temperature: number;
  /** The most images of each part that are scored; by default all. */
  images?: ImageCounts;
  /** What alone is measured; by default k-NN and linear probes. */
  only?: "knn";
  /** Left out where pixels and colors are not scored beside each network. */
  baselines?: false;
};

/** What decides what the runs give, but for their seeds. */
export type Experiment = {
  config: Config;
  /** The minutes for which to train; `null` where the configuration says how long. */
  minutes: number | null;
  data: Dataset;
  backend: Backend;
  /** Scored instead of training. */
  weights: Weights | null;
  protocol: TableProtocol;
};

/** How many seeds there are, and where their runs lie. */
export type SeedOptions = {
  count: number;
  /** The folder of their runs where one was named. */
  out: string | null;
  /** Where the runs lie else; by default where all runs lie. */
  folder?: string;
};

/**
 * The runs of consecutive seeds: in folders named after what they are, or within the one that is
 * given. A run that is there with images of another name and the same content is the same run.
 */
export async function planSeeds(
  experiment: Experiment,
  { count, out, folder: root = runsFolder }: SeedOptions,
): Promise<SeedPlan> {
  const { config, data } = experiment;
  const numbers = Array.from({ length: count }, (_, i) => config.seed + i);
  const present = out === null ? await namesIn(root) : [];
  const folder = (name: string, key: string) => {
    const [start, end] = [`${config.preset}-`, `-${name}-${key}`];
    const usual = start + data.name + end;
    const other = (name: string) => name.startsWith(start) && name.endsWith(end);
    return `${root}/${present.includes(usual) ? usual : present.find(other) ?? usual}`;
  };
  const seeds = await Promise.all(numbers.map(async (seed) => {
    const identity = identityOf(experiment, seed);
    const key = await keyOf(identity);
    const path = out === null ? folder(`s${seed}`, key) : count > 1 ? `${out}/s${seed}` : out;
    return { seed, identity, run: { path, key } };
  }));
  if (count === 1) return { seeds, joint: null };
  const key = await keyOf(identityOf(experiment, numbers));
  const path = out ?? folder(`s${numbers[0]}-s${numbers.at(-1)}`, key);
  return { seeds, joint: { path, key } };
}

/** The names of what lies in a folder, sorted; none where it is not there. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  return entries.map(({ name }) => name).sort();
}

function identityOf(
  { config, minutes, data, backend, weights, protocol }: Experiment,
  seed: number | number[],
): Identity {
  return {
    config: { ...config, seed },
    minutes,
    data: data.fingerprint,
    backend,
    checkpoint: weights?.fingerprint ?? null,
    protocol,
  };
}

/**
 * Refuses folders that hold another run, or anything else.
 *
 * @throws {Error} If one does.
 */
export async function checkSeeds({ seeds, joint }: SeedPlan): Promise<void> {
  for (const run of [...joint ? [joint] : [], ...seeds.map(({ run }) => run)]) {
    if ((await readConfig(run))?.key === run.key) continue;
    await checkEmpty(run.path, "another run: `fresh` begins anew, another `out` keeps it");
  }
}

/** Makes the folder of several seeds, with its `config.json`. */
export async function beginJoint(
  { path, key }: Run,
  seeds: readonly Pick<SeedRun, "seed" | "run">[],
  config: object,
): Promise<void> {
  await Deno.mkdir(path, { recursive: true });
  const record = {
    key,
    config,
    seeds: seeds.map(({ seed }) => seed),
    runs: seeds.map(({ run }) => run.path),
  };
  await writeText(pathOf({ path }, "config.json"), JSON.stringify(record, null, 2) + "\n");
}
