import type { Backend } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Dataset, Images } from "../datasets/mod.ts";
import type { Vit } from "../models/mod.ts";
import { imagenet } from "../paper/mod.ts";
import type { Pair } from "../protocols/mod.ts";
import {
  figure,
  html,
  markdownTable,
  measuredRows,
  notes,
  type Row,
  type Scored,
  table,
} from "../report/mod.ts";
import {
  begun,
  finish,
  finished,
  forget,
  goOn,
  holdsRun,
  type Identity,
  lock,
  type Run,
  start,
} from "../runs/mod.ts";
import { allowance, budget, portionLine } from "./budget.ts";
import { common } from "./common_flags.ts";
import { configFlags, configure, overrides } from "./config_flags.ts";
import { type Conduct, conductFlags, conductOf } from "./conduct.ts";
import { checkLength, checkPlace, openData, userPath } from "./data.ts";
import { extract, free, plain, untrained } from "./extract.ts";
import type { Given } from "./flags.ts";
import { commandLine, Interruption } from "./interruption.ts";
import { begin, checkPlans, type Plan, plan, type Plans } from "./plans.ts";
import { seen } from "./seen.ts";
import { complete, leaveOut, type LeftOut, leftOutLine, noteSkipped } from "./skipped.ts";
import { startBackend } from "./start_backend.ts";
import { print, say, task } from "./task.ts";
import { ready, train, type Trained } from "./train.ts";
import { type Unfinished, unfinished } from "./unfinished.ts";
import { openWeights, toVit, weightFlags, weightOptions, type Weights } from "./weights.ts";

/** The baseline that has a network. */
const untaught = "random initialization";

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

type Options = Plans & {
  /** The same on another backend, where TensorFlow was not asked for and cannot be used. */
  on: ((backend: Backend) => Promise<Options>) | null;
  config: Config;
  data: Dataset;
  weights: Weights | null;
  minutes: number | null;
  protocol: { k: number; temperature: number; images?: Images };
  backend: Backend;
  maxBad: number;
  skipBad: boolean;
  conduct: Conduct;
  fresh: boolean;
  json: boolean;
};

type Interruptible = Options & { interruption: Interruption };

/** What `table.json` holds. */
type Result = {
  rows: Row[];
  curve: Trained["curve"];
  seconds: Record<string, number>;
  leftOut: LeftOut;
  /** Images that were scored, where those were not all. */
  scoredOn?: Images | null;
  scores: Scored[];
};

async function prepare({ words, values }: Given): Promise<Options> {
  if (words.length) {
    throw new TypeError(
      `reproduce-table takes flags only, not "${words.join(" ")}"; --help lists them`,
    );
  }
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
    return { ...own, ...await plan(own, { count, out }) };
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
    results.push(await once(own, plan));
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
  const { threads } = await import("../training/mod.ts");
  const { minutes, protocol: { images } } = await on("wasm");
  const shorter = minutes === options.minutes ? "" : `${minutes} minutes of training, `;
  const backend = await startBackend(null, {
    ...threads(config).runtime,
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

/** One seed: the finished run of the same key, the interrupted one to its end, or a new one. */
async function once(options: Interruptible, { run, identity }: Plan): Promise<Result> {
  const known = await finished<Result>(run);
  if (known) {
    say(`Finished before: ${run.path} (--fresh repeats it)`);
    return { ...known, leftOut: known.leftOut ?? complete };
  }
  using _ = await lock(run);
  return await work(options, run, identity);
}

/** Where a run of the same key, with as many images, has come to; `null` where there is none. */
async function interrupted(run: Run, images: number): Promise<Unfinished | null> {
  const before = await begun(run);
  if (before?.key !== run.key || before.images !== images) return null;
  const found = await unfinished(run);
  say(`Going on with ${run.path}, after step ${found?.from?.step ?? 0} (--fresh begins anew)`);
  return found;
}

async function work(
  { config, data: whole, weights, minutes, protocol, backend, maxBad, skipBad, ...options }:
    Interruptible,
  run: Run,
  identity: Identity,
): Promise<Result> {
  const { dispose } = await import("../tree/mod.ts");
  const { evaluate } = await import("../protocols/mod.ts");
  const { threads } = await import("../training/mod.ts");
  await startBackend(backend, threads(config).runtime);
  const { data, skipped, leftOut } = skipBad
    ? await leaveOut(whole, weights ? 1 : maxBad)
    : { data: whole, skipped: [], leftOut: complete };
  const { portion } = await import("../datasets/mod.ts");
  const shown = portion(data, protocol.images ?? null);
  say(
    `Mugs on ${data.name}: ${data.train.length} images to learn from, ${shown.test.length} to be tested on`,
  );
  const score = async (method: string, kind: Scored["kind"], pair: Pair): Promise<Scored> => {
    say(`scoring ${method}`);
    const { largestProbe } = allowance(backend);
    const scores = await evaluate(pair.train, pair.test, {
      ...protocol,
      seed: config.seed,
      largestProbe,
    });
    await free(pair);
    return { method, kind, scores };
  };
  // Before training, since they find an image that cannot be read.
  const baselines: Scored[] = [];
  for (const [method, pair] of Object.entries(await plain(shown, config))) {
    baselines.push(await score(method, "plain", pair));
  }
  const began = performance.now();
  const images = data.train.length;
  const before = weights ? null : await interrupted(run, images);
  const { from = null, config: known } = before ?? {};
  using prepared = weights
    ? null
    : await ready(data, known ?? config, { minutes: before ? null : minutes, maxBad });
  const frozen = prepared?.config ?? config;
  if (before) await goOn(run);
  else {
    await start(run, { ...identity, resolved: { ...frozen }, dataName: data.name, images });
  }
  await noteSkipped(run, skipped);
  const { conduct, interruption } = options;
  const trained = prepared &&
    await interruption.heeded((signal) =>
      train(data, prepared, { run, from, conduct, maxBad, signal })
    );
  const afterTraining = performance.now();
  const vit = trained?.vit ?? await toVit(weights!);
  const initial = await untrained(frozen);
  const embedded = async (method: string, vit: Vit) =>
    await extract(shown, vit, frozen, method) as Pair;
  const scored = [
    await score("Mugs", "trained", await embedded("Mugs", vit)),
    await score(untaught, "untrained", await embedded(untaught, initial)),
    ...baselines,
  ];
  dispose(vit, initial);
  const measured = measuredRows(scored, {
    data: data.name,
    levels: Object.keys(data.classes).length,
    config: frozen,
    trained,
  });
  const result: Result = {
    rows: measured,
    curve: trained?.curve ?? [],
    scores: scored,
    leftOut,
    scoredOn: protocol.images ?? null,
    seconds: {
      training: (afterTraining - began) / 1000,
      scoring: (performance.now() - afterTraining) / 1000,
    },
  };
  await finish(run, result, await documents(measured, result));
  return result;
}

/** The documents of a run beside its `table.json`. */
async function documents(measured: Row[], result: Result) {
  const { curve } = result;
  const told = text(measured, result);
  const page = await html(figure(imagenet, measured, curve), { title: "Mugs", text: told });
  return { "table.md": told, "figure.html": page };
}

/** The table with what must be known to read it. */
function text(measured: Row[], { leftOut, scoredOn = null }: Result): string {
  const lines = leftOutLine(leftOut) + portionLine(scoredOn);
  return `${markdownTable(table(imagenet, measured))}\n${notes}\n${lines}`;
}

if (import.meta.main) await task(manual, prepare, run);
