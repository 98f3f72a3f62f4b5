import type { Backend } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import { imagenet } from "../paper/mod.ts";
import { finish, finished, forget, holdsRun, lock, type Run } from "../runs/mod.ts";
import {
  allowance,
  begin,
  budget,
  checkLength,
  checkPlace,
  checkPlans,
  conductFlags,
  conductOf,
  documents,
  oneSeed,
  openData,
  openWeights,
  planSeeds,
  type Result,
  type SeedOptions,
  type SeedPlans,
  seen,
  startBackend,
  text,
  userPath,
  weightFlags,
  weightOptions,
  type Weights,
} from "../jobs/mod.ts";
import {
  commandLine,
  common,
  configFlags,
  configure,
  flagsOnly,
  type Given,
  Interruption,
  overrides,
  print,
  say,
  task,
} from "../cli/mod.ts";

const manual = {
  usage: "reproduce-table [--data DIR] [--minutes M | --epochs N] [--seeds N] [--fresh]",
  about:
    "Pre-trains Mugs from scratch, scores it against honest baselines, and prints the paper's table\n" +
    "with the measured rows beneath it. A finished run is used again, an interrupted one goes on.",
  flags: {
    data: common.data,
    out: { ...common.out, placeholder: "DIR", about: "The run's folder [data/runs/...]" },
    checkpoint: {
      ...common.checkpoint,
      about: "Score these weights instead of training: safetensors or .pth",
    },
    key: weightFlags.key,
    partial: weightFlags.partial,
    minutes: {
      ...common.minutes,
      about: `Length of the training [${allowance("tensorflow").minutes}; ${
        allowance("wasm").minutes
      } without TensorFlow]`,
    },
    seeds: { kind: "integer", min: 1, max: 100, about: "Runs of consecutive seeds [1]" },
    k: common.k,
    temperature: common.temperature,
    backend: common.backend,
    "max-bad": common["max-bad"],
    "skip-bad": common["skip-bad"],
    fresh: common.fresh,
    ...conductFlags,
    json: common.json,
    ...configFlags,
  },
  config: true,
} as const;

type Options = SeedPlans & Omit<SeedOptions, "interruption"> & {
  /** The same on another backend, where TensorFlow was not asked for and cannot be used. */
  on: ((backend: Backend) => Promise<Options>) | null;
  fresh: boolean;
  json: boolean;
};

async function prepare({ words, values }: Given): Promise<Options> {
  flagsOnly("reproduce-table", words);
  const minutesOn = (backend: Backend) => budget(values, allowance(backend).minutes);
  minutesOn("tensorflow"); // refuses what contradicts itself
  const asked = await overrides(values);
  const own = await configure(values);
  const { seed } = asked;
  const path = values.checkpoint as string | undefined;
  const weights = path
    ? await openWeights(userPath(path), weightOptions(values), {
      ...(values.preset ? own : {}),
      ...asked,
    })
    : null;
  const config = weights
    ? seen(values, { ...own, ...await described(weights), ...(seed !== undefined && { seed }) })
    : own;
  const data = await openData(values.data as string | undefined, {
    scored: true,
    imageSize: config.imageSize,
    exif: config.exif,
  });
  if (!weights) await checkLength(data, config);
  const out = values.out ? userPath(values.out as string) : null;
  if (out) await checkPlace(out);
  const options = {
    config,
    data,
    weights,
    protocol: {
      k: (values.k as number | undefined) ?? 20,
      temperature: (values.temperature as number | undefined) ?? 0.07,
    },
    maxBad: (values["max-bad"] as number | undefined) ?? 0.01,
    skipBad: values["skip-bad"] === true,
    conduct: conductOf(values),
    fresh: values.fresh === true,
    json: values.json === true,
  };
  const count = (values.seeds as number | undefined) ?? 1;
  const on = async (backend: Backend): Promise<Options> => {
    const { scored } = allowance(backend);
    const protocol = { ...options.protocol, ...(scored && { images: scored }) };
    const minutes = weights ? null : minutesOn(backend);
    const own = { ...options, backend, minutes, protocol, on: null };
    return { ...own, ...await planSeeds(own, { count, out }) };
  };
  const forced = values.backend as Backend | undefined;
  const possible = await Promise.all((forced ? [forced] : [...common.backend.choices]).map(on));
  if (out && !options.fresh) await Promise.any(possible.map(checkPlans)).catch(firstOf);
  return { ...possible[0], on: forced ? null : on };
}

/** All backends failed for reasons alike; the first one is told. */
function firstOf({ errors }: AggregateError): never {
  throw errors[0];
}

/** What weights tell of themselves; where that is the shapes alone, they are scored as the published ones are. */
async function described({ config }: Weights): Promise<Partial<Config>> {
  const { architectures } = await import("../models/mod.ts");
  const published = Object.entries(architectures).find(([, sizes]) =>
    sizes.width === config.width && sizes.depth === config.depth && sizes.heads === config.heads
  );
  return {
    preset: "given",
    arch: published?.[0] ?? "custom",
    evalCrop: "center",
    evalSize: null,
    ...config,
  };
}

async function run(given: Options): Promise<void> {
  const options = await settled(given);
  const { config, plans, joint, json } = options;
  using interruption = new Interruption(() =>
    commandLine("reproduce-table", Deno.args, { without: ["--fresh!"] })
  );
  if (options.fresh) await Promise.all(plans.map(({ run }) => forgetIdle(run)));
  if (joint) await begin(joint, plans, config);
  const results: Result[] = [];
  for (const plan of plans) {
    const own = { ...options, config: { ...config, seed: plan.seed }, interruption };
    results.push(await oneSeed(own, plan));
  }
  const measured = results.flatMap((result) => result.rows);
  const { leftOut, scoredOn } = results[0];
  if (joint) {
    const result = { rows: measured, leftOut, scoredOn };
    await finish(joint, result, await documents(measured, results[0]));
  }
  const place = (joint ?? plans[0].run).path;
  const told = { paper: imagenet, measured, leftOut, scoredOn, folder: place };
  if (json) print(JSON.stringify(told) + "\n");
  else print(text(measured, results[0]));
  say(`\n${place}/figure.html shows it.`);
}

/** The run on the backend that this machine has, unless one was asked for or all is finished. */
async function settled(options: Options): Promise<Options> {
  const { config, plans, on, fresh } = options;
  if (!on) return options;
  const known = fresh ? [] : await Promise.all(plans.map(({ run }) => finished(run)));
  if (known.length > 0 && known.every((result) => result)) return options;
  const { execution } = await import("../pretraining/mod.ts");
  const { minutes, protocol: { images } } = await on("wasm");
  const shorter = minutes === options.minutes ? "" : `${minutes} minutes of training, `;
  const backend = await startBackend(null, {
    ...execution(config).runtime,
    instead: `${shorter}scored on at most ${images!.train} + ${images!.test} images`,
  });
  if (backend === options.backend) return options;
  const other = await on(backend);
  if (!fresh) await checkPlans(other);
  return other;
}

/** Forgets what a run has left, unless a process works on it. */
async function forgetIdle(run: Run): Promise<void> {
  if (!await holdsRun(run)) return;
  using _ = await lock(run);
  await forget(run);
}

if (import.meta.main) await task(manual, prepare, run);
