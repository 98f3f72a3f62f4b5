import { processesOf } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Dataset, Loading } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { Backbone } from "../models/mod.ts";
import { type CurvePoint, thin } from "../report/mod.ts";
import { Interrupted, type Line, readLines, type Run } from "../runs/mod.ts";
import {
  lengthOf,
  pretrain,
  restoreState,
  type State,
  type StoredState,
} from "../pretraining/mod.ts";
import type { Start } from "../training/mod.ts";
import { dispose, type Tree } from "../tree/mod.ts";
import { intoFolder } from "./into_folder.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { ReadyStep } from "./ready_step.ts";
import { heeding, reporter } from "./reporting.ts";
import type { Saving } from "./saving.ts";
import type { SharedSignal } from "./shared_training.ts";

/** What training leaves. */
export type Trained = {
  /** The backbone, the teacher's where there is one. */
  backbone: Backbone;
  /** The configuration with its number of steps. */
  config: Config;
  epochs: number;
  minutes: number;
  imagesPerSecond: number;
  /** The most memory that the process held after a step, MiB; `null` if no step was left to do. */
  memory: number | null;
  curve: CurvePoint[];
};

/** Where and how to train. */
export type TrainRunOptions = JobOptions & {
  run: Pick<Run, "path">;
  /** The checkpoint from which to continue. */
  from: StoredState | null;
  saving: Saving;
  /** The greatest share of images that may be unreadable. */
  maxBad: number;
  /** How images come from their files. */
  loading?: Loading;
  /** The processes with which this one trains; by default it is alone. */
  group?: SharedSignal;
};

/**
 * Pre-trains into a run's folder. What is returned includes what the run did before it was
 * interrupted.
 *
 * @throws {Interrupted} If it was stopped.
 * @throws {Error} If training breaks off; the last checkpoint stays.
 */
export async function trainRun(
  data: Dataset,
  { config, step }: ReadyStep,
  { maxBad, loading, observer = silent, signal: ofThis, group, ...into }: TrainRunOptions,
): Promise<Trained> {
  const processes = group && processesOf();
  const signal = group?.signal ?? ofThis;
  const { run, from } = into;
  const { steps } = lengthOf(config, data.train.length);
  let state: State | null = null;
  let memory: number | null = null;
  if (from && from.step >= steps) {
    observer.tell(`${escapeControls(from.path)} has come to its last step already`);
    state = restoreState(from);
  } else {
    const begin = (start: Start<State>) => {
      const options = { ...start, ...loading, step, maxBad, processes, signal: ofThis };
      const facts = pretrain(data.train, config, options);
      return group ? group.asking(facts) : facts;
    };
    const writes = (processes?.index ?? 0) === 0;
    const report = reporter(observer);
    const tell = (line: string) => observer.tell(line);
    const options = { ...into, config, images: data.train.length, writes, signal, tell };
    using _ = heeding(observer);
    for await (const fact of intoFolder(begin, options)) {
      report(fact);
      state = fact.state;
      memory = Math.max(memory ?? 0, Deno.memoryUsage().rss / 2 ** 20);
    }
  }
  if (!state && ofThis?.aborted) throw new Interrupted("Stopped before the first step");
  group?.meet(); // the last checkpoint is written
  if (!state) throw new Error(`Cannot train in ${escapeControls(run.path)}: no step is left to do`);
  const backbone = takeBackbone(state);
  const { step: done, ...summary } = await summarize(run, config);
  if (signal?.aborted) {
    dispose(backbone);
    throw new Interrupted(
      done < steps
        ? `Stopped after step ${done} of ${steps}, which is saved`
        : "Stopped after the last step, which is saved",
    );
  }
  return { backbone, config, memory, ...summary };
}

/**
 * The backbone that was learned: the teacher's where there is one. The rest of the state is freed.
 */
function takeBackbone({ learner: { student, teacher }, ...rest }: State): Backbone {
  const { backbone, ...heads } = teacher ?? student;
  dispose(rest, heads as Tree, teacher ? student : []);
  return backbone as Backbone;
}

/** What the metrics of a run say of all its steps. */
async function summarize(
  run: Pick<Run, "path">,
  { batchSize }: Config,
): Promise<Omit<Trained, "backbone" | "config" | "memory"> & { step: number }> {
  const lines = await readLines(run);
  const { step = 0, epoch = 0, seconds = 0 }: Partial<Line> = lines.at(-1) ?? {};
  return {
    step,
    epochs: Number(epoch),
    minutes: Number(seconds) / 60,
    imagesPerSecond: lines.length * batchSize / Number(seconds),
    curve: thin(lines as unknown as CurvePoint[]),
  };
}
