import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { findVit } from "../models/mod.ts";
import type { MugsConfig } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { type Losses, methodOf, type StepNumbers } from "../methods/mod.ts";
import type { MugsState } from "../methods/mugs/state.ts";
import type { Memory, Queue } from "../objectives/mod.ts";
import { originalConfig } from "../original/mod.ts";
import { initState, lengthOf, type State } from "../pretraining/mod.ts";
import { stepOf } from "../optim/mod.ts";
import { flatten, type Named, type Tree, unflatten } from "../tree/mod.ts";
import type { Golden } from "./goldens.ts";
import { sampleConfig } from "./sample_config.ts";

/** A recorded run of the official program, ready to be repeated. */
export type RecordedRun = {
  config: MugsConfig;
  stepsPerEpoch: number;
  /** The state before the first step. */
  state: State<MugsState>;
  numbers(step: number): StepNumbers;
  batch(step: number): Batch;
};

/**
 * A run as its file tells it: the configuration, the state before the first step, schedules and
 * batches.
 */
export function recordedRun(g: Golden): RecordedRun {
  const config = configOf(g);
  const stepsPerEpoch = g.json.iterations.length / config.epochs;
  const length = lengthOf(config, stepsPerEpoch * config.batchSize);
  const numbers = methodOf(config).schedules(config, length);
  const views = (t: number, from: number, count: number) => {
    const crops = Array.from(
      { length: count },
      (_, i) => g.picture(`it${t}.crop${from + i}.base_u8`),
    );
    return tf.concat(crops);
  };
  const batch = (t: number): Batch => ({
    teacher: { images: views(t, 0, 2) },
    student: {
      images: views(t, 2, 2),
      weak: g.tensor(`it${t}.weak_flags`).toFloat() as tf.Tensor1D,
    },
    ...config.localCrops && { local: { images: views(t, 4, config.localCrops) } },
  });
  return { config, stepsPerEpoch, state: stateOf(g, config), numbers, batch };
}

/**
 * The configuration of the arguments of the official program; its views are given, so their making
 * does not matter.
 */
function configOf({ set, json: { config, vit }, shape, names }: Golden): MugsConfig {
  const located = names.filter((name) => name.startsWith("init.student.")).map((name) => [
    name,
    { dtype: "F32" as const, shape: shape(name), read: () => new Float32Array() },
  ]);
  const { sizes } = findVit(
    { metadata: {}, tensors: Object.fromEntries(located) },
    set,
    { key: "init.student", heads: vit.num_heads },
  );
  const sizesOfRun = { sizes, shape: (name: string) => shape(`init.${name}`) };
  return {
    ...sampleConfig,
    ...originalConfig(new Map(Object.entries(config)), sizesOfRun, set),
    preset: "golden",
  };
}

/** The official state before the first step. */
function stateOf(g: Golden, config: MugsConfig): State<MugsState> {
  const network = (name: string) => unflatten<Tree>(g.below(`init.${name}.`));
  const fresh = initState(config) as State<MugsState>;
  const student = network("student"), teacher = network("teacher");
  const shapes = (named: Named) =>
    Object.fromEntries(Object.entries(named).map(([name, { shape }]) => [name, shape]));
  assertEquals(shapes(flatten(fresh.learner.student)), shapes(flatten(student)));
  assertEquals(shapes(flatten(fresh.learner.teacher)), shapes(flatten(teacher)));
  return {
    ...fresh,
    learner: { student, teacher } as MugsState["learner"],
    buffers: {
      memories: {
        student: g.below("init.student_mem.block.") as Memory,
        teacher: g.below("init.teacher_mem.block.") as Memory,
      },
      queues: {
        instance: g.below("init.instance.") as Queue,
        localGroup: g.below("init.local_group.") as Queue,
      },
      center: g.tensor("init.group.center") as tf.Tensor2D,
    },
  };
}

/** Holds memories, queues and center against those of the file, at a place such as `it0.after`. */
export function compareBuffers(g: Golden, state: State, at: string) {
  const { memories, queues, center } = (state as State<MugsState>).buffers;
  for (const [name, { queue_q, queue_ptr }] of Object.entries(memories)) {
    g.near(queue_q, `${at}.${name}_mem.queue`);
    g.near(queue_ptr, `${at}.${name}_mem.queue_ptr`);
  }
  for (const [name, of] of [["instance", "instance"], ["localGroup", "local_group"]] as const) {
    g.near(queues[name].queue, `${at}.${of}.queue`);
    g.near(queues[name].queue_ptr, `${at}.${of}.queue_ptr`);
  }
  g.near(center, `${at}.group.center`);
}

/** The parameters that the file holds of this step: all of both networks, or none. */
export function compareNetworks(g: Golden, state: State, at: string) {
  for (const who of ["student", "teacher"] as const) {
    const named = flatten((state as State<MugsState>).learner[who]);
    const stored = g.names.filter((name) => name.startsWith(`${at}.${who}.`));
    for (const name of stored) g.near(named[name.slice(`${at}.${who}.`.length)]!, name);
  }
}

/** The losses as the file names them. */
const lossNames = {
  instance: "instance-sup.",
  localGroup: "local-group-sup.",
  group: "group-sup.",
  total: "total",
} as const;

/** Holds the losses of a step against those of the file. */
export function compareLosses(g: Golden, actual: Losses, step: number) {
  for (const [ours, theirs] of Object.entries(lossNames)) {
    const loss = actual[ours]!.dataSync();
    g.nearNumbers(loss, [g.json.iterations[step][theirs]], { name: `it${step}.loss.${ours}` });
  }
}

/** Holds the final moments of AdamW against those that the file has. */
export function compareMoments(g: Golden, { optimizer }: State) {
  const moments = flatten(optimizer);
  for (const name of g.names.filter((name) => name.startsWith("final.adam."))) {
    const [, , kind, ...rest] = name.split(".");
    const actual = kind === "step"
      ? stepOf(optimizer, rest.join(".")).reshape([1])
      : moments[`${kind}.${rest.join(".")}`];
    g.near(actual!, name);
  }
}
