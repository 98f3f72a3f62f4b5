import type { Backend } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { file, key, runs, start } from "../runs/mod.ts";
import type { State } from "../training/mod.ts";
import { budget } from "./budget.ts";
import { common } from "./common_flags.ts";
import { configFlags, configure } from "./config_flags.ts";
import { checkBatch, checkPlace, openData, userPath } from "./data.ts";
import type { Given } from "./flags.ts";
import { print, say, task } from "./task.ts";
import { threads } from "./threads.ts";
import { ready, train } from "./train.ts";

const manual = {
  usage: "pretrain [--data DIR] [--out RUN] [--preset tiny|vit_small] [--minutes M | --epochs N]",
  about: "Pre-trains Mugs and leaves checkpoints and metrics in a folder.",
  flags: {
    data: common.data,
    out: { ...common.out, placeholder: "RUN", about: "The run's folder [data/runs/...]" },
    minutes: { ...common.minutes, about: "Length of the training, instead of epochs" },
    backend: common.backend,
    resume: { kind: "switch", about: "Go on from the checkpoint in --out, with its configuration" },
    fresh: { kind: "switch", about: "Begin anew in a folder that holds a run" },
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
  path: string;
  resume: boolean;
  json: boolean;
};

async function prepare({ words, values }: Given): Promise<Options> {
  if (words.length) throw new TypeError(`pretrain takes flags only, not "${words.join(" ")}"`);
  const minutes = budget(values, null);
  const config = await configure(values);
  const data = await openData(values.data as string | undefined, {
    scored: false,
    imageSize: config.imageSize,
  });
  checkBatch(data, config);
  const now = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const path = values.out
    ? userPath(values.out as string)
    : `${runs}/pretrain-${config.preset}-${data.name}-${now}`;
  if (values.out) await checkPlace(path);
  const resume = values.resume === true;
  const holds = await Deno.stat(file({ path }, "checkpoint.safetensors")).then(
    () => true,
    () => false,
  );
  if (resume && !holds) throw new Error(`Cannot go on: there is no checkpoint in ${path}`);
  if (!resume && holds && values.fresh !== true) {
    throw new Error(`${path} holds a run: --resume goes on with it, --fresh begins anew`);
  }
  const backend = (values.backend as Backend | undefined) ?? "tensorflow";
  return { config, data, minutes, backend, path, resume, json: values.json === true };
}

async function run({ config, data, minutes, backend, path, resume, json }: Options): Promise<void> {
  const { use } = await import("../compile/mod.ts");
  const { dispose } = await import("../tree/mod.ts");
  await use(backend, threads(config));
  const checkpoint = file({ path }, "checkpoint.safetensors");
  say(`Mugs on ${data.name}: ${data.train.length} images to learn from`);
  let state: State | undefined;
  if (resume) {
    const { loadState } = await import("../training/mod.ts");
    const loaded = await loadState(checkpoint);
    state = loaded.state;
    config = { ...config, ...loaded.config };
  }
  using begun = await ready(data, config, state ? null : minutes);
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
