import type { Backend } from "../compile/mod.ts";
import { type Config, presets } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { begun, digestFile, file, goOn, key, lock, runs, start } from "../runs/mod.ts";
import type { StepLayout } from "../pretraining/mod.ts";
import {
  budget,
  checkData,
  checkEmpty,
  checkLength,
  checkPlace,
  type Conduct,
  conductFlags,
  conductOf,
  type Continued,
  continued,
  continuedFlags,
  importState,
  openData,
  ready,
  startBackend,
  train,
  unfinished,
  userPath,
} from "../jobs/mod.ts";
import {
  commandLine,
  common,
  configFlags,
  configure,
  flagsOnly,
  type Given,
  Interruption,
  kebab,
  layoutFlags,
  layoutOf,
  overrides,
  print,
  printed,
  resolve,
  say,
  task,
} from "../cli/mod.ts";

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
    ...continuedFlags,
    ...conductFlags,
    ...layoutFlags,
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
  /** `null` for the best that this machine has. */
  backend: Backend | null;
  maxBad: number;
  conduct: Conduct;
  layout: StepLayout;
  path: string;
  /** Whether the path was given. */
  named: boolean;
  resume: boolean;
  /** What is continued in a new run. */
  origin: Continued | null;
  json: boolean;
};

async function prepare({ words, values }: Given): Promise<Options | string> {
  flagsOnly("pretrain", words);
  if (values["print-config"] === true) {
    const resolved = await continued(values) ?? await resolve(values);
    return printed(resolved, { json: values.json === true });
  }
  const minutes = budget(values, null);
  const resume = values.resume === true;
  if (resume && values.fresh === true) {
    throw new TypeError("--resume and --fresh contradict each other: give one of them");
  }
  const stored = resume ? await resumed(values) : {};
  const origin = await continued(values);
  const own = origin?.config ?? await configure(values);
  const config = { ...own, ...stored };
  const data = await openData(values.data as string | undefined, {
    scored: false,
    imageSize: config.imageSize,
    exif: config.exif,
  });
  const now = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const path = values.out
    ? userPath(values.out as string)
    : `${runs}/pretrain-${config.preset}-${data.name}-${now}`;
  if (resume) await checkData({ path }, data);
  await checkLength(data, config);
  if (values.out) await checkPlace(path);
  if (!resume && values.fresh !== true) {
    await checkEmpty(path, "a run: --resume goes on with it, --fresh begins anew");
  }
  const before = resume ? await begun({ path }) : null;
  return {
    config,
    data,
    minutes: resume ? null : minutes,
    backend: (values.backend ?? before?.backend ?? null) as Backend | null,
    maxBad: (values["max-bad"] as number | undefined) ?? 0.01,
    conduct: conductOf(values),
    layout: layoutOf(values, config),
    path,
    named: values.out !== undefined,
    resume,
    origin,
    json: values.json === true,
  };
}

/** The configuration of the run in `--out`: the command line may repeat it and not change it. */
async function resumed(values: Given["values"]): Promise<Config> {
  if (!values.out) throw new TypeError("--resume needs --out RUN, the folder of a run");
  const path = userPath(values.out as string);
  const found = await unfinished({ path });
  if (!found) {
    throw new Error(`Cannot go on: there is no run in ${path}; without --resume one begins`);
  }
  if (!found.from && (await begun({ path }))?.checkpoint) {
    throw new Error(
      `Cannot go on in ${path}: it broke off before its checkpoint was read; begin anew with --resume-from --fresh`,
    );
  }
  if (values.minutes !== undefined) {
    throw new TypeError(
      `Cannot go on with --minutes: the run in ${path} has its length already; leave it out`,
    );
  }
  const known: Record<string, unknown> = found.config;
  const asked = { ...await overrides(values), ...(values.preset ? { preset: values.preset } : {}) };
  for (const [name, value] of Object.entries(asked)) {
    if (String(known[name]) === String(value) || name === "preset" && same(known[name], value)) {
      continue;
    }
    throw new Error(
      `Cannot go on with --${kebab(name)} ${value} in ${path}: it has --${kebab(name)} ${
        known[name]
      }; leave the flag out, or begin another run in another --out`,
    );
  }
  return found.config;
}

/** Whether two names are of one preset. */
function same(...names: unknown[]): boolean {
  const [one, other] = names.map((name) => presets[name as string]);
  return one !== undefined && one === other;
}

async function run(options: Options | string): Promise<void> {
  if (typeof options === "string") return print(options);
  const { data, minutes, maxBad, conduct, path, resume, origin, json } = options;
  const { inspect } = await import("../datasets/mod.ts");
  await inspect(data.train, { maxBad });
  using _ = await lock({ path });
  let begins = resume;
  using interruption = new Interruption(() => {
    if (!begins) return commandLine("pretrain", Deno.args);
    return commandLine("pretrain", Deno.args, {
      without: ["--fresh!", "--resume!", "--resume-from", "--minutes"],
      more: [...options.named ? [] : ["--out", path], "--resume"],
    });
  });
  const before = resume ? await unfinished({ path }) : null; // once more, now that nobody else writes it
  const config = before ? { ...options.config, ...before.config } : options.config;
  const { dispose } = await import("../tree/mod.ts");
  const { execution } = await import("../pretraining/mod.ts");
  const backend = await startBackend(options.backend, execution(config).runtime);
  const checkpoint = file({ path }, "checkpoint.safetensors");
  say(`Mugs on ${data.name}: ${data.train.length} images to learn from`);
  using begun = await ready(data, config, { minutes, maxBad, layout: options.layout });
  if (before) await goOn({ path });
  else {
    const identity = {
      config: { ...config },
      minutes,
      data: data.fingerprint,
      backend,
      checkpoint: origin && await digestFile(origin.original.path),
      protocol: {},
    };
    const made = { path, key: await key(identity) };
    const { name: dataName, train: { length: images } } = data;
    await start(made, { ...identity, resolved: { ...begun.config }, dataName, images });
    if (origin) await importState({ path }, { ...origin, config: begun.config }, data);
  }
  begins = true;
  const { from } = before ?? await unfinished({ path }) ?? { from: null };
  const trained = await interruption.heeded((signal) =>
    train(data, begun, { run: { path }, from, conduct, maxBad, signal })
  );
  dispose(trained.vit);
  const { epochs, curve, imagesPerSecond } = trained;
  const told = { checkpoint, epochs, minutes: trained.minutes, imagesPerSecond, ...curve.at(-1) };
  if (json) print(JSON.stringify(told) + "\n");
  else print(`${checkpoint}\n`);
}

if (import.meta.main) await task(manual, prepare, run);
