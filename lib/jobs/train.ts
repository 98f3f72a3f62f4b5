import type { Config } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import type { Vit } from "../models/mod.ts";
import { type CurvePoint, thin } from "../report/mod.ts";
import { type Line, readLines } from "../runs/mod.ts";
import type { CompiledStep, State, StepLayout } from "../pretraining/mod.ts";
import type { Tree } from "../tree/mod.ts";
import type { Start } from "../training/mod.ts";
import { Interrupted } from "../cli/mod.ts";
import { intoFolder, type IntoFolderOptions } from "./into_folder.ts";

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
export type Ready = Disposable & { config: Config; step: CompiledStep };

/**
 * Compiles a step and, where training is to last some minutes, measures how many fit into them: the number is frozen in
 * the configuration, so that schedules end where training ends.
 */
export async function ready(
  data: Dataset,
  config: Config,
  { minutes, maxBad, layout }: {
    minutes: number | null;
    maxBad: number;
    /** How the work of a step is laid out; what is left open follows from the width. */
    layout?: StepLayout;
  },
): Promise<Ready> {
  const { compileStep, execution, precisionOf, trialOf } = await import("../pretraining/mod.ts");
  const { stepsIn } = await import("../training/mod.ts");
  const start = performance.now();
  const step = compileStep(config, { ...execution(config).step, ...layout });
  const steps = minutes === null
    ? config.steps
    : await stepsIn({ minutes, start }, trialOf(data.train, config, { step, maxBad }));
  const frozen = { ...config, steps, precision: precisionOf(config) };
  return { config: frozen, step, [Symbol.dispose]: () => step[Symbol.dispose]() };
}

/** Where and how to train. */
export type TrainOptions = Pick<IntoFolderOptions, "run" | "from" | "conduct" | "signal"> & {
  /** The greatest share of images that may be unreadable. */
  maxBad: number;
};

/**
 * Pre-trains into a run's folder, with progress on stderr. What a run tells of itself at its end includes what it did before
 * it was interrupted.
 *
 * @throws {Interrupted} If it was told to stop before its end.
 * @throws {Error} If training breaks off; the last checkpoint stays.
 */
export async function train(
  data: Dataset,
  { config, step }: Ready,
  { maxBad, signal, ...into }: TrainOptions,
): Promise<Trained> {
  const { lengthOf, pretrain, restoreState } = await import("../pretraining/mod.ts");
  const { ProgressBar } = await import("../training/mod.ts");
  const { dispose } = await import("../tree/mod.ts");
  using bar = new ProgressBar();
  const tell = (line: string) => bar.say(line);
  const begin = (start: Start<State>) => pretrain(data.train, config, { ...start, step, maxBad });
  const { steps } = lengthOf(config, data.train.length);
  let state: State | null = into.from && into.from.step >= steps ? restoreState(into.from) : null;
  let warned = false;
  if (state) tell(`${into.from!.path} has come to its last step already`);
  else {
    for await (const fact of intoFolder(begin, { ...into, config, tell, signal })) {
      bar.show(fact);
      for (const { id, reason } of fact.skipped) tell(`skipped ${id}: ${reason}`);
      if (fact.collapse && !warned) tell(`warning: ${fact.collapse}`);
      warned ||= fact.collapse !== null;
      state = fact.state;
    }
  }
  const lines = await readLines(into.run);
  const { step: done, epoch = 0, seconds = 0 }: Partial<Line> = lines.at(-1) ?? {};
  const { learner: { student, teacher }, ...rest } = state!;
  const { backbone, ...heads } = teacher ?? student;
  dispose(rest, heads as Tree, teacher ? student : []);
  if (done! < steps) {
    throw new Interrupted(`Stopped after step ${done} of ${steps}, which is saved`);
  }
  return {
    vit: backbone as Vit,
    config,
    epochs: Number(epoch),
    minutes: Number(seconds) / 60,
    imagesPerSecond: lines.length * config.batchSize / Number(seconds),
    curve: thin(lines as unknown as CurvePoint[]),
  };
}
