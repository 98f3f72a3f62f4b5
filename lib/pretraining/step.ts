import * as tf from "@tensorflow/tfjs";
import { compile, tidy } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { methodOf, type Network } from "../methods/mod.ts";
import { globalNorm } from "../optim/mod.ts";
import type { StepFacts } from "../training/mod.ts";
import { flatten, type Named, unflatten } from "../tree/mod.ts";
import { studentViewsOf } from "./cut.ts";
import { exchange } from "./exchange.ts";
import { learnedFrom } from "./learn.ts";
import { move, type MoveLayout, moveStacked } from "./move.ts";
import type { Now } from "./now.ts";
import type { Pass } from "./pass.ts";
import { prepareState } from "./prepare.ts";
import { precisionOf } from "./precision.ts";
import { learnedOf, type State } from "./state.ts";
import { stepInParts } from "./step_in_parts.ts";
import { lessonOf, type PassLayout } from "./teach.ts";

/** What a step needs beside state and batch. */
export type StepOptions = PassLayout & MoveLayout & { now: Now; config: Config };

/** How the work of a step is laid out; the result is the same but for rounding. */
export type StepLayout = PassLayout & MoveLayout & {
  /** Images are worked on in so many parts, one after the other; their number divides the batch. */
  accumulate?: number;
  /** Student views that are worked on together; the others come after them. By default all. */
  chunk?: number | null;
  /**
   * Whether a step is several compiled functions, and the state is replaced tensor by tensor: then
   * only one is in memory, and the given one is used up. It is so where there are several parts.
   */
  parts?: boolean;
};

/**
 * The first half of a step, on a prepared state: the student's gradients, and what losses, health
 * and buffers take of the batch.
 */
export function gradients(
  state: State,
  batch: Batch,
  { now: { numbers, masks }, config, ...layout }: StepOptions,
): Pass {
  const lesson = lessonOf(state, batch, { numbers, config, ...layout });
  const views = studentViewsOf({ batch, masks }, methodOf(config));
  const { targets } = lesson;
  const learned = learnedFrom(state, views, { targets, numbers, config, ...layout });
  return {
    gradients: learned.gradients,
    losses: learned.losses,
    signs: { ...lesson.signs, ...learned.signs },
    intake: { ...lesson.intake, ...learned.intake },
    statistics: { student: learned.statistics, teacher: lesson.statistics },
  };
}

/**
 * The second half of a step, on the same state: clips, moves the student, lets the teacher follow
 * and fills the buffers.
 */
export function apply(
  { step, learner: { student, teacher }, optimizer, buffers }: State,
  pass: Pass,
  { now: { numbers }, config, together = false }: StepOptions,
): [State, Pick<StepFacts, "gradientNorm">] {
  const before = {
    student: learnedOf(student, config),
    teacher: teacher ? flatten(teacher) : {},
    optimizer,
  };
  const moveAll = together ? moveStacked : move;
  const [parameters, norms] = moveAll(before, pass.gradients, { numbers, config });
  const { statistics } = pass;
  const next: State = {
    step: step.add<tf.Scalar>(tf.scalar(1, "int32")),
    learner: {
      student: network(flatten(student), parameters.student, flatten(statistics.student)),
      ...teacher && { teacher: network(parameters.teacher, flatten(statistics.teacher)) },
    },
    optimizer: parameters.optimizer,
    buffers: methodOf(config).next(buffers, pass.intake, config),
  };
  return [next, { gradientNorm: globalNorm(norms) }];
}

/** One step of pre-training. */
export function step(state: State, batch: Batch, options: StepOptions): [State, StepFacts] {
  const ready = prepareState(state, options);
  const { config, processes, exchangePrecision: precision } = options;
  const share = gradients(ready, batch, options);
  const pass = processes
    ? { ...share, ...exchange(share, { config, processes, precision }) }
    : share;
  const [next, { gradientNorm }] = apply(ready, pass, options);
  return [next, { losses: pass.losses, signs: pass.signs, gradientNorm }];
}

/** A step that is compiled; its state may be used up. */
export type CompiledStep =
  & Disposable
  & ((state: State, batch: Batch, now: Now) => [State, StepFacts]);

/**
 * Compiles {@linkcode step}; dispose of it when the run ends.
 *
 * @throws {RangeError} If the batch cannot be cut into the parts.
 */
export function compileStep(
  config: Config,
  { accumulate = 1, chunk = null, parts = false, ...layout }: StepLayout = {},
): CompiledStep {
  if (parts || accumulate > 1 || chunk) {
    return stepInParts(config, { accumulate, chunk, ...layout });
  }
  return compile(
    (state: State, batch: Batch, now: Now) =>
      tidy(() => step(state, batch, { now, config, ...layout })),
    { name: "step", precision: precisionOf(config) },
  );
}

function network(...parts: Named[]): Network {
  return unflatten<Network>(Object.assign({}, ...parts));
}
