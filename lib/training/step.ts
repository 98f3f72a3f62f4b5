import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import { intake, type Network, nextBuffers } from "../methods/mod.ts";
import { clip, globalNorm } from "../optim/mod.ts";
import { flatten, type Named, unflatten } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { ema } from "./ema.ts";
import { type Layout, learn, teach } from "./halves.ts";
import type { Now } from "./now.ts";
import { optimizerOf } from "./optimizer.ts";
import type { Facts, Pass, StepBatch } from "./pass.ts";
import { precisionOf } from "./precision.ts";
import { learnedOf, type State } from "./state.ts";
import { stepInParts } from "./step_in_parts.ts";

/** What a step needs beside state and batch. */
export type StepOptions = Layout & { now: Now; config: PretrainConfig };

/** How the work of a step is laid out; the result is the same but for rounding. */
export type CompileStepOptions = Layout & {
  /** Images are worked on in so many parts, one after the other; their number divides the batch. */
  accumulate?: number;
  /** Student views that are worked on together; the others come after them. By default all. */
  chunk?: number | null;
  /**
   * Whether a step is several compiled functions, and the state is replaced tensor by tensor: then only one is in memory,
   * and the given one is used up. It is so where there are several parts.
   */
  parts?: boolean;
};

/** The first half of a step: the student's gradients, and what the losses and buffers take of the batch. */
export function gradients(
  state: State,
  batch: StepBatch,
  { now, config, ...layout }: StepOptions,
): Pass {
  const lesson = teach(state, batch.teacher, { now, config, ...layout });
  const groups = batch.local.shape[0] > 0 ? [batch.student, batch.local] : [batch.student];
  const views = { groups, masks: now.masks };
  const { patchMean, ...learned } = learn(state, views, { lesson, config, ...layout });
  return {
    gradients: learned.gradients,
    losses: learned.losses,
    health: lesson.health,
    intake: intake({ patchMean }, lesson.teacher, batch.weak),
    statistics: { student: learned.statistics, teacher: lesson.statistics },
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
  return [next, { gradientNorm: globalNorm(norms) }];
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

/** A step that is compiled; its state may be used up. */
export type CompiledStep =
  & Disposable
  & ((state: State, batch: StepBatch, now: Now) => [State, Facts]);

/**
 * Compiles {@linkcode step}; dispose of it when the run ends.
 *
 * @throws {RangeError} If the batch cannot be cut into the parts.
 */
export function compileStep(
  config: PretrainConfig,
  { accumulate = 1, chunk = null, parts = false, ...options }: CompileStepOptions = {},
): CompiledStep {
  if (parts || accumulate > 1 || chunk) {
    return stepInParts(config, { accumulate, chunk, ...options });
  }
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
