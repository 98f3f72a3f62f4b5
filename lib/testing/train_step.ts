import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { findBackbone } from "../models/mod.ts";
import type { Losses, Network } from "../methods/mod.ts";
import type { Memory, Queue } from "../objectives/mod.ts";
import {
  initState,
  lengthOf,
  type Moment,
  originalConfig,
  type PretrainConfig,
  schedules,
  type State,
  type StepBatch,
} from "../training/mod.ts";
import { stepOf } from "../optim/mod.ts";
import { flatten, type Named, unflatten } from "../tree/mod.ts";
import type { Golden } from "./goldens.ts";
import { sampleConfig } from "./sample_config.ts";

/** A recorded run of the official program, ready to be repeated. */
export type RecordedRun = {
  config: PretrainConfig;
  stepsPerEpoch: number;
  /** The state before the first step. */
  state: State;
  moment(step: number): Moment;
  batch(step: number): StepBatch;
};

/** A run as its file tells it: the configuration, the state before the first step, schedules and batches. */
export function recordedRun(g: Golden): RecordedRun {
  const config = configOf(g);
  const stepsPerEpoch = g.json.iterations.length / config.epochs;
  const moment = schedules(config, lengthOf(config, stepsPerEpoch * config.batchSize));
  const views = (t: number, from: number, count: number) => {
    const crops = Array.from(
      { length: count },
      (_, i) => g.picture(`it${t}.crop${from + i}.base_u8`),
    );
    return count ? tf.concat(crops) : tf.zeros<tf.Rank.R4>([0, 1, 1, 3]);
  };
  const batch = (t: number): StepBatch => ({
    teacher: views(t, 0, 2),
    student: views(t, 2, 2),
    local: views(t, 4, config.localCrops),
    weak: g.tensor(`it${t}.weak_flags`).toFloat() as tf.Tensor1D,
  });
  return { config, stepsPerEpoch, state: stateOf(g, config), moment, batch };
}

/** The configuration of the arguments of the official program; its views are given, so their making does not matter. */
function configOf({ set, json: { config, vit }, shape, names }: Golden): PretrainConfig {
  const located = names.filter((name) => name.startsWith("init.student.")).map((name) => [
    name,
    { dtype: "F32" as const, shape: shape(name), read: () => new Float32Array() },
  ]);
  const { sizes } = findBackbone(
    { metadata: {}, tensors: Object.fromEntries(located) },
    set,
    { key: "init.student", heads: vit.num_heads },
  );
  const told = { sizes, shape: (name: string) => shape(`init.${name}`) };
  return {
    ...sampleConfig,
    ...originalConfig(new Map(Object.entries(config)), told, set),
    preset: "golden",
  };
}

/** The official state before the first step. */
function stateOf(g: Golden, config: PretrainConfig): State {
  const network = (name: string) => unflatten<Network>(g.below(`init.${name}.`));
  const fresh = initState(config);
  const student = network("student"), teacher = network("teacher");
  const shapes = (named: Named) =>
    Object.fromEntries(Object.entries(named).map(([name, { shape }]) => [name, shape]));
  assertEquals(shapes(flatten(fresh.student)), shapes(flatten(student)));
  assertEquals(shapes(flatten(fresh.teacher)), shapes(flatten(teacher)));
  return {
    ...fresh,
    student,
    teacher,
    memories: {
      student: g.below("init.student_mem.block.") as Memory,
      teacher: g.below("init.teacher_mem.block.") as Memory,
    },
    queues: {
      instance: g.below("init.instance.") as Queue,
      localGroup: g.below("init.local_group.") as Queue,
    },
    center: g.tensor("init.group.center") as tf.Tensor2D,
  };
}

/** Holds memories, queues and center against those of the file, at a place such as `it0.after`. */
export function compareBuffers(g: Golden, { memories, queues, center }: State, at: string) {
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
    const named = flatten(state[who]);
    const stored = g.names.filter((name) => name.startsWith(`${at}.${who}.`));
    for (const name of stored) g.near(named[name.slice(`${at}.${who}.`.length)], name);
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
export function compareLosses(g: Golden, found: Losses, step: number) {
  for (const [ours, theirs] of Object.entries(lossNames)) {
    const loss = found[ours as keyof Losses].dataSync();
    g.nearNumbers(loss, [g.json.iterations[step][theirs]], { name: `it${step}.loss.${ours}` });
  }
}

/** Holds the final moments of AdamW against those that the file has. */
export function compareMoments(g: Golden, { optimizer }: State) {
  const moments = flatten(optimizer);
  for (const name of g.names.filter((name) => name.startsWith("final.adam."))) {
    const [, , kind, ...rest] = name.split(".");
    const found = kind === "step"
      ? stepOf(optimizer, rest.join(".")).reshape([1])
      : moments[`${kind}.${rest.join(".")}`];
    g.near(found, name);
  }
}
