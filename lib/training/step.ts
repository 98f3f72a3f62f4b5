import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, fastPrecision, type Precision } from "../compile/mod.ts";
import {
  forward,
  type Health,
  health,
  type Intake,
  intake,
  type Losses,
  losses,
  type Network,
  type NetworkBuffers,
  nextBuffers,
  targetsOf,
} from "../methods/mod.ts";
import { clip } from "../optim/mod.ts";
import { flatten, type Named, unflatten } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { ema } from "./ema.ts";
import { gradientsOf } from "./gradient.ts";
import type { Now } from "./now.ts";
import { optimizerOf } from "./optimizer.ts";
import { learnedOf, type State } from "./state.ts";

/** The tensors of a batch that a step takes, view after view. */
export type StepBatch = {
  /** `[2 * batch, size, size, 3]` each. */
  teacher: tf.Tensor4D;
  student: tf.Tensor4D;
  /** `[localCrops * batch, localSize, localSize, 3]`. */
  local: tf.Tensor4D;
  /** `[batch]`, 0 or 1. */
  weak: tf.Tensor1D;
};

/** What the first half of a step gives to the second. */
export type Pass = {
  gradients: Named;
  losses: Losses;
  health: Health;
  intake: Intake;
  /** Next running statistics of the heads. */
  statistics: { student: NetworkBuffers; teacher: NetworkBuffers };
};

/** What a step tells: losses, health and the length of the whole gradient before clipping. */
export type Facts = Losses & Health & { gradientNorm: tf.Scalar };

/** What a step needs beside state and batch. */
export type StepOptions = CompileStepOptions & { now: Now; config: PretrainConfig };

/** How the work of a step is laid out; the result is the same but for rounding. */
export type CompileStepOptions = {
  /** Independent chains of operations into which the backbones' work is cut; see `forward` of `methods`. */
  chains?: number;
};

/** The first half of a step: the student's gradients, and what the losses and buffers take of the batch. */
export function gradients(
  state: State,
  batch: StepBatch,
  { now, config, chains }: StepOptions,
): Pass {
  const { memories, queues, center } = state;
  const [teacher, teacherStatistics] = forward([batch.teacher], state.teacher, {
    memory: memories.teacher,
    config,
    chains,
  });
  const targets = targetsOf(teacher, { center, temperature: now.teacherTemperature });
  const groups = batch.local.shape[0] > 0 ? [batch.student, batch.local] : [batch.student];
  const { gradients, found } = gradientsOf(() => {
    const [student, statistics] = forward(groups, state.student, {
      memory: memories.student,
      config,
      masks: now.masks,
      chains,
    });
    const found = losses(student, teacher, { queues, targets, config });
    const { patchMean } = student;
    return { loss: found.total, found: { losses: found, patchMean, statistics } };
  }, learnedOf(state.student, config));
  return {
    gradients,
    losses: found.losses,
    health: health(teacher.classTokens, targets),
    intake: intake(found, teacher, batch.weak),
    statistics: { student: found.statistics, teacher: teacherStatistics },
  };
}

/** The second half of a step: clips, moves the student, lets the teacher follow and fills the buffers. */
export function apply(
  state: State,
  pass: Pass,
  { now, config }: StepOptions,
): [State, { gradientNorm: tf.Scalar }] {
  const [clipped, norms] = clip(pass.gradients, config.clipGradient > 0 ? now.clip : null);
  const params = learnedOf(state.student, config);
  const [moved, optimizer] = optimizerOf(config).update(params, clipped, {
    state: state.optimizer,
    rate: now.rate,
    weightDecay: now.weightDecay,
    frozen: now.frozen,
  });
  const followed = ema(flatten(state.teacher), moved, now.momentum);
  const next = {
    step: state.step.add<tf.Scalar>(tf.scalar(1, "int32")),
    student: network(flatten(state.student), moved, flatten(pass.statistics.student)),
    teacher: network(followed, flatten(pass.statistics.teacher)),
    optimizer,
    ...nextBuffers(state, pass.intake, config),
  };
  const gradientNorm = tf.stack(Object.values(norms)).square().sum<tf.Scalar>().sqrt();
  return [next, { gradientNorm }];
}

/** One step of pre-training. */
export function step(
  state: State,
  batch: StepBatch,
  options: StepOptions,
): [State, Facts] {
  const pass = gradients(state, batch, options);
  const [next, facts] = apply(state, pass, options);
  return [next, { ...pass.losses, ...pass.health, ...facts }];
}

/** A step as one compiled function. */
export type CompiledStep = Compiled<[State, StepBatch, Now], [State, Facts]>;

/** The precision of a run's matrix products on this machine. */
export function precisionOf({ precision }: Pick<PretrainConfig, "precision">): Precision {
  return precision === "auto" ? fastPrecision() : precision;
}

/** Compiles {@linkcode step}; dispose of it when the run ends. */
export function compileStep(
  config: PretrainConfig,
  options: CompileStepOptions = {},
): CompiledStep {
  const tidy = <T>(f: () => T) => tf.tidy(f as () => tf.TensorContainer) as T;
  return compile(
    (state: State, batch: StepBatch, now: Now) =>
      tidy(() => step(state, batch, { now, config, ...options })),
    { name: "step", precision: precisionOf(config) },
  );
}

function network(...parts: Named[]): Network {
  return unflatten<Network>(Object.assign({}, ...parts));
}
