import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import {
  type Lesson,
  methodOf,
  type Preparation,
  type StepScalars,
  type StudentViews,
} from "../methods/mod.ts";
import { numberOf, replace, type StepFacts } from "../training/mod.ts";
import { dispose, flatten, type Named } from "../tree/mod.ts";
import { chunksOf, imagesOf, type MaskedBatch, studentViewsOf } from "./cut.ts";
import { joinIntakes, meanOf, replaceEach, sum } from "./gather.ts";
import { learnedFrom, type WithGradients } from "./learn.ts";
import { compileMove, moveInParts, type MoveParameter } from "./move_in_parts.ts";
import type { Now } from "./now.ts";
import type { Pass } from "./pass.ts";
import { withChanges } from "./prepare.ts";
import { precisionOf } from "./precision.ts";
import type { State } from "./state.ts";
import { lessonOf, type PassLayout } from "./teach.ts";

/** How a step is cut. */
export type PartsOptions = PassLayout & {
  /** Parts of the batch, one after the other. */
  accumulate: number;
  /** Student views at a time; `null` for all. */
  chunk: number | null;
};

/**
 * A step as several compiled functions, for networks of which only one state fits into memory:
 * gradients are added over parts of the batch and over chunks of views, then each tensor of the
 * state is replaced by its next one. All parts see the buffers as they were before the step, which
 * take in the whole batch afterwards: the result is that of one step, but for rounding; signs of
 * health are the means of the parts.
 *
 * The state is used up, unless the loss or the gradient is not finite: then it is handed back as it
 * is.
 *
 * @throws {RangeError} If the batch does not divide into the parts, or its statistics are needed as
 * a whole.
 */
export function stepInParts(
  config: Config,
  { accumulate, chunk, ...layout }: PartsOptions,
): Disposable & ((state: State, batch: Batch, now: Now) => [State, StepFacts]) {
  checkParts(config, { accumulate, chunk });
  const parts = compileParts(config, layout);
  const step = (state: State, batch: Batch, now: Now): [State, StepFacts] => {
    const work = { batch, masks: now.masks };
    const changes = parts.prepare?.(state.learner, now.numbers) ?? {};
    const ready = { ...state, learner: withChanges(state.learner, changes) };
    const inputs = { state: ready, work, now };
    const pass = accumulate === 1
      ? passOf(parts, inputs, { config, chunk })
      : passesOf(parts, inputs, { config, chunk, accumulate });
    const [next, facts] = applyInParts(parts, ready, { ...pass, numbers: now.numbers });
    const unused = next === ready ? changes : replacedBy(changes, state.learner);
    dispose(unused);
    return [next === ready ? state : next, facts];
  };
  return Object.assign(step, {
    [Symbol.dispose]() {
      for (const part of Object.values(parts)) part?.[Symbol.dispose]();
    },
  });
}

function checkParts(config: Config, { accumulate, chunk }: PartsOptions): void {
  const { batchSize } = config;
  if (batchSize % accumulate) {
    throw new RangeError(
      `Cannot cut a batch of ${batchSize} images into ${accumulate} parts: ${
        batchSize % accumulate
      } are left over`,
    );
  }
  const reason = accumulate > 1 || chunk ? methodOf(config).whole?.(config) : null;
  if (reason) throw new RangeError(`Cannot ${reason} and cut the batch into parts: choose one`);
}

type Networks = Pick<State, "learner" | "buffers">;

/** The compiled functions of which a step is made. */
type Parts = {
  prepare: Compiled<[State["learner"], StepScalars], Preparation> | null;
  teach: Compiled<[Networks, Batch, StepScalars], Lesson>;
  learn: Compiled<
    [Networks, StudentViews, { targets: Named; numbers: StepScalars }],
    WithGradients
  >;
  move: MoveParameter;
  fill: Compiled<[State["buffers"], Named], State["buffers"]>;
};

function compileParts(config: Config, layout: PassLayout): Parts {
  const precision = precisionOf(config);
  const method = methodOf(config);
  const changes = method.prepare;
  return {
    prepare: changes
      ? compile(
        (learner: State["learner"], numbers: StepScalars) =>
          tidy(() => changes(learner, numbers, config)),
        { name: "prepare" },
      )
      : null,
    teach: compile(
      (state: Networks, batch: Batch, numbers: StepScalars) =>
        tidy(() => lessonOf(state, batch, { numbers, config, ...layout })),
      { name: "teach", precision },
    ),
    learn: compile(
      (state: Networks, views: StudentViews, options: { targets: Named; numbers: StepScalars }) =>
        tidy(() => learnedFrom(state, views, { ...options, config, ...layout })),
      { name: "learn", precision },
    ),
    move: compileMove(config),
    fill: compile(
      (buffers: State["buffers"], intake: Named) =>
        tidy(() => method.next(buffers, intake, config)),
      { name: "fill" },
    ),
  };
}

/** The tensors of networks in whose places others have come. */
function replacedBy(changes: Preparation, learner: State["learner"]): Preparation {
  const pick = (of: Named, names: Named = {}) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, of[name]!]));
  return {
    student: pick(flatten(learner.student), changes.student),
    teacher: pick(learner.teacher ? flatten(learner.teacher) : {}, changes.teacher),
  };
}

/** What a pass is made of: the state before the step, and the work and the numbers of the step. */
type Inputs = { state: State; work: MaskedBatch; now: Now };

/**
 * The first half of a step on a part of the batch: the student's views in chunks, or all at once.
 */
function passOf(
  parts: Parts,
  { state: { learner, buffers }, work, now: { numbers } }: Inputs,
  { config, chunk, images = config.batchSize }: {
    config: Config;
    chunk: number | null;
    images?: number;
  },
): Pass {
  const state = { learner, buffers };
  const lesson = parts.teach(state, work.batch, numbers);
  const { targets } = lesson;
  const views = studentViewsOf(work, methodOf(config));
  const chunks = chunk ? tidy(() => chunksOf(views, { images, chunk })) : [views];
  let learned: WithGradients | null = null;
  for (const some of chunks) {
    const next: WithGradients = parts.learn(state, some, { targets, numbers });
    if (chunk) dispose(some.groups);
    learned = learned ? added(learned, next) : next;
  }
  const { gradients, losses, signs, statistics, intake } = learned!;
  const joined = { ...lesson.intake, ...intake };
  replace(targets, joined);
  return {
    gradients,
    losses,
    signs: { ...lesson.signs, ...signs },
    intake: joined,
    statistics: { student: statistics, teacher: lesson.statistics },
  };
}

/** What was learned from two chunks of views; signs and statistics are those of the first one. */
function added(a: WithGradients, b: WithGradients): WithGradients {
  dispose(b.signs ?? {}, b.statistics);
  return {
    ...a,
    gradients: sum(a.gradients, b.gradients),
    losses: sum(a.losses, b.losses),
    intake: { ...a.intake, ...b.intake },
  };
}

/** The first half of a step on all of the batch, part after part. */
function passesOf(
  parts: Parts,
  { state, work, now }: Inputs,
  { config, chunk, accumulate }: { config: Config; chunk: number | null; accumulate: number },
): Pass {
  const images = config.batchSize / accumulate;
  let gradients: Named = {};
  const passes: Omit<Pass, "gradients">[] = [];
  for (let index = 0; index < accumulate; index++) {
    const cut = { images: config.batchSize, index, parts: accumulate };
    const part = tidy(() => imagesOf(work, cut));
    const { gradients: next, ...pass } = passOf(parts, { state, work: part, now }, {
      config,
      chunk,
      images,
    });
    dispose(part.batch, part.masks);
    gradients = index === 0 ? next : sum(gradients, next);
    passes.push(pass);
  }
  const { joins } = methodOf(config);
  const [first, ...others] = passes;
  dispose(others.map(({ statistics }) => statistics));
  return {
    gradients: replaceEach(gradients, (_, gradient) => gradient.div(accumulate)),
    losses: meanOf(passes.map(({ losses }) => losses)),
    signs: meanOf(passes.map(({ signs }) => signs)),
    intake: joinIntakes(passes.map(({ intake }) => intake), joins, images),
    statistics: first!.statistics,
  };
}

/**
 * The second half of a step; the state is handed back as it is where the loss or the gradient is
 * not finite.
 */
function applyInParts(
  parts: Parts,
  state: State,
  { losses, signs, intake, ...pass }: Pass & { numbers: StepScalars },
): [State, StepFacts] {
  const isFinite = Number.isFinite(numberOf(losses.total));
  const [moved, { gradientNorm }] = isFinite
    ? moveInParts(parts.move, state, pass)
    : [null, { gradientNorm: tf.scalar(NaN) }];
  const facts = { losses, signs, gradientNorm };
  if (!moved) {
    dispose(intake, pass.gradients, pass.statistics);
    return [state, facts];
  }
  const next = { ...moved, buffers: parts.fill(state.buffers, intake) };
  dispose(intake);
  return [next, facts];
}

function tidy<T>(f: () => T): T {
  return tf.tidy(f as () => tf.TensorContainer) as T;
}
