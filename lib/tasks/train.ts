import type { Config } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import type { Vit } from "../models/mod.ts";
import { type CurvePoint, thin } from "../report/mod.ts";
import { file, type Run } from "../runs/mod.ts";
import type { CompiledStep, State } from "../training/mod.ts";
import { noted } from "./skipped.ts";

/** What training leaves. */
export type Trained = {
  /** The teacher's backbone. */
  vit: Vit;
  /** The configuration with its number of steps. */
  config: Config;
  epochs: number;
  minutes: number;
  imagesPerSecond: number;
  curve: CurvePoint[];
};

/** A run that is ready to begin: its step compiled, its number of steps known. */
export type Ready = Disposable & {
  config: Config;
  step: CompiledStep;
  /** The greatest share of images that may be unreadable. */
  maxBad: number;
};

/**
 * Compiles a step and, where training is to last some minutes, measures how many fit into them: the number is frozen in
 * the configuration, so that schedules end where training ends.
 */
export async function ready(
  data: Dataset,
  config: Config,
  { minutes, maxBad }: { minutes: number | null; maxBad: number },
): Promise<Ready> {
  const { compileStep, precisionOf, stepsIn, threads } = await import("../training/mod.ts");
  const start = performance.now();
  const step = compileStep(config, threads(config).step);
  const steps = minutes === null
    ? config.steps
    : await stepsIn({ minutes, start }, [data.train, config], { step, maxBad });
  const frozen = { ...config, steps, precision: precisionOf(config) };
  return { config: frozen, step, maxBad, [Symbol.dispose]: () => step[Symbol.dispose]() };
}

/**
 * Pre-trains into a run's folder: metrics for every step, images that were skipped, checkpoints now and then, progress on stderr.
 *
 * @param state The state to go on from; by default a new one.
 * @throws {Error} If training breaks off; the last checkpoint stays.
 */
export async function train(
  data: Dataset,
  { config, step, maxBad }: Ready,
  { run, state }: { run: Pick<Run, "path">; state?: State },
): Promise<Trained> {
  const { checkpointed, pretrain, ProgressBar, toJsonLine } = await import("../training/mod.ts");
  const { dispose } = await import("../tree/mod.ts");
  const start = performance.now();
  const curve: CurvePoint[] = [];
  const path = file(run, "checkpoint.safetensors");
  using metrics = await Deno.open(file(run, "metrics.jsonl"), {
    create: true,
    write: true,
    ...(state ? { append: true } : { truncate: true }),
  });
  using bar = new ProgressBar();
  let [images, warned, last] = [0, "", undefined as State | undefined];
  const facts = checkpointed(pretrain(data.train, config, { state, step, maxBad }), {
    path,
    config,
  });
  for await (const fact of noted(facts, run)) {
    bar.show(fact);
    metrics.writeSync(new TextEncoder().encode(toJsonLine(fact)));
    const { epoch, instance, localGroup, group } = fact;
    curve.push({ epoch, instance, localGroup, group });
    for (const { id, reason } of fact.skipped) bar.say(`skipped ${id}: ${reason}`);
    if (fact.collapse && !warned) bar.say(`warning: ${warned = fact.collapse}`);
    images += config.batchSize;
    last = fact.state;
  }
  if (!last) throw new Error(`Cannot train on: ${path} has come to its last step already`);
  const { teacher, ...rest } = last;
  const { backbone, ...heads } = teacher;
  dispose(rest, heads);
  const seconds = (performance.now() - start) / 1000;
  return {
    vit: backbone,
    config,
    epochs: curve.at(-1)!.epoch,
    minutes: seconds / 60,
    imagesPerSecond: images / seconds,
    curve: thin(curve),
  };
}
