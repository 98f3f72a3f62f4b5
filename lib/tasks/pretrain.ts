import type { Backend } from "../compile/mod.ts";
import { type Config, presets } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { file, holdsCheckpoint, key, type Run, runs, start } from "../runs/mod.ts";
import type { StoredState } from "../training/mod.ts";
import { budget } from "./budget.ts";
import { common } from "./common_flags.ts";
import { configFlags, configure, kebab, overrides, resolve } from "./config_flags.ts";
import { checkLength, checkPlace, openData, userPath } from "./data.ts";
import type { Given } from "./flags.ts";
import { printed } from "./print_config.ts";
import { print, say, task } from "./task.ts";
import { ready, train } from "./train.ts";

const manual = {
  usage: "pretrain [--data DIR] [--out RUN] [--preset NAME] [--minutes M | --epochs N]",
  about: "Pre-trains Mugs and leaves checkpoints and metrics in a folder.",
  flags: {
    data: common.data,
    out: { ...common.out, placeholder: "RUN", about: "The run's folder [data/runs/...]" },
    minutes: { ...common.minutes, about: "Length of the training, instead of epochs" },
    backend: common.backend,
    "max-bad": common["max-bad"],
    resume: { kind: "switch", about: "Go on from the checkpoint in --out, with its configuration" },
    fresh: { kind: "switch", about: "Begin anew in a folder that holds a run" },
    "print-config": common["print-config"],
    json: common.json,
    ...configFlags,
  },
  config: true,
} as const;

type Options = {
  config: Config;
  data: Dataset;
  minutes: number | null;
  backend: Backend;
  maxBad: number;
  path: string;
  /** What to go on from. */
  stored: StoredState | null;
  json: boolean;
};

async function prepare({ words, values }: Given): Promise<Options | string> {
  if (words.length) throw new TypeError(`pretrain takes flags only, not "${words.join(" ")}"`);
  if (values["print-config"] === true) {
    return printed(await resolve(values), { json: values.json === true });
  }
  const minutes = budget(values, null);
  const stored = values.resume === true ? await resumed(values) : null;
  const own = await configure(values);
  const config = { ...own, ...stored?.config };
  const data = await openData(values.data as string | undefined, {
    scored: false,
    imageSize: config.imageSize,
    exif: config.exif,
  });
  const now = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const path = values.out
    ? userPath(values.out as string)
    : `${runs}/pretrain-${config.preset}-${data.name}-${now}`;
  if (stored) await checkData({ path }, data);
  await checkLength(data, config);
  if (values.out) await checkPlace(path);
  if (!stored && await holdsCheckpoint({ path }) && values.fresh !== true) {
    throw new Error(`${path} holds a run: --resume goes on with it, --fresh begins anew`);
  }
  const backend = (values.backend as Backend | undefined) ?? "tensorflow";
  const maxBad = (values["max-bad"] as number | undefined) ?? 0.01;
  return { config, data, minutes, backend, maxBad, path, stored, json: values.json === true };
}

/** The run in `--out`, which has a configuration of its own: the command line may repeat it and not change it. */
async function resumed(values: Given["values"]): Promise<StoredState> {
  if (!values.out) throw new TypeError("--resume needs --out RUN, the folder of a run");
  const path = userPath(values.out as string);
  if (!await holdsCheckpoint({ path })) {
    throw new Error(`Cannot go on: there is no checkpoint in ${path}`);
  }
  const { openState } = await import("../training/mod.ts");
  const stored = await openState(file({ path }, "checkpoint.safetensors"));
  if (values.minutes !== undefined) {
    throw new TypeError(`Cannot go on with --minutes: the run in ${path} has its length already`);
  }
  const known: Record<string, unknown> = stored.config;
  const asked = { ...await overrides(values), ...(values.preset ? { preset: values.preset } : {}) };
  for (const [name, value] of Object.entries(asked)) {
    if (String(known[name]) === String(value) || name === "preset" && same(known[name], value)) {
      continue;
    }
    throw new Error(
      `Cannot go on with --${kebab(name)} ${value} in ${path}: it has --${kebab(name)} ${
        known[name]
      }`,
    );
  }
  return stored;
}

/** Whether two names are of one preset. */
function same(...names: unknown[]): boolean {
  const [one, other] = names.map((name) => presets[name as string]);
  return one !== undefined && one === other;
}

/** Refuses to go on with other images than the run began with. */
async function checkData(run: Pick<Run, "path">, data: Dataset): Promise<void> {
  const before = await Deno.readTextFile(file(run, "config.json")).then(JSON.parse, () => null);
  if (!before || before.dataName === data.name) return;
  throw new Error(
    `Cannot go on with ${data.name} in ${run.path}: it learned from ${before.dataName}`,
  );
}

async function run(options: Options | string): Promise<void> {
  if (typeof options === "string") return print(options);
  const { config, data, minutes, backend, maxBad, path, stored, json } = options;
  const { inspect } = await import("../datasets/mod.ts");
  await inspect(data.train, { maxBad });
  const { use } = await import("../compile/mod.ts");
  const { dispose } = await import("../tree/mod.ts");
  const { restoreState, threads } = await import("../training/mod.ts");
  await use(backend, threads(config).runtime);
  const checkpoint = file({ path }, "checkpoint.safetensors");
  say(`Mugs on ${data.name}: ${data.train.length} images to learn from`);
  const state = stored ? restoreState(stored) : undefined;
  using begun = await ready(data, config, { minutes: state ? null : minutes, maxBad });
  if (!state) {
    const identity = {
      config: { ...config },
      minutes,
      data: data.fingerprint,
      backend,
      checkpoint: null,
      protocol: {},
    };
    const made = { path, key: await key(identity) };
    await start(made, { ...identity, resolved: { ...begun.config }, dataName: data.name });
  }
  const trained = await train(data, begun, { run: { path }, state });
  dispose(trained.vit);
  const { epochs, curve, imagesPerSecond } = trained;
  const told = { checkpoint, epochs, minutes: trained.minutes, imagesPerSecond, ...curve.at(-1) };
  if (json) print(JSON.stringify(told) + "\n");
  else print(`${checkpoint}\n`);
}

if (import.meta.main) await task(manual, prepare, run);
