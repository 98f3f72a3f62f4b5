import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import { type Buffers, type Intake, intake, nextBuffers } from "../methods/mod.ts";
import { dispose } from "../tree/mod.ts";
import { applyInParts } from "./apply_in_parts.ts";
import type { PretrainConfig } from "./config.ts";
import { imagesOf, viewsOf, type Work } from "./cut.ts";
import { join, mean, sum, take } from "./gather.ts";
import { type Layout, learn, type StudentViews, teach } from "./halves.ts";
import type { Now } from "./now.ts";
import type { Facts, Pass, StepBatch } from "./pass.ts";
import { precisionOf } from "./precision.ts";
import { replace, type State } from "./state.ts";

/** How a step is cut. */
export type PartsOptions = Layout & {
  /** Parts of the batch, one after the other. */
  accumulate: number;
  /** Student views at a time; `null` for all. */
  chunk: number | null;
};

/**
 * A step as several compiled functions, for networks of which only one state fits into memory: gradients are added over
 * parts of the batch and over groups of views, then each tensor of the state is replaced by its next one. All parts see the
 * queues, memories and center as they were before the step, which take in the whole batch afterwards: the result is that
 * of one step, but for rounding; `spread` and `prototypeEntropy` are the means of the parts.
 *
 * The state is used up, unless the loss or the gradient is not finite: then it is handed back as it is.
 *
 * @throws {RangeError} If the batch does not divide into the parts, or its statistics are needed as a whole.
 */
export function stepInParts(
  config: PretrainConfig,
  { accumulate, chunk, ...layout }: PartsOptions,
): Disposable & ((state: State, batch: StepBatch, now: Now) => [State, Facts]) {
  if (config.batchSize % accumulate) {
    throw new RangeError(
      `Cannot cut a batch of ${config.batchSize} images into ${accumulate} parts: ${
        config.batchSize % accumulate
      } are left over`,
    );
  }
  if (config.batchNormInHead && (accumulate > 1 || chunk)) {
    throw new RangeError(
      "Cannot normalize by batch in the heads and cut the batch into parts: choose one",
    );
  }
  const tidy = <T>(f: () => T) => tf.tidy(f as () => tf.TensorContainer) as T;
  const precision = precisionOf(config);
  type TeacherState = Pick<State, "teacher" | "center"> & {
    memories: Pick<State["memories"], "teacher">;
  };
  type StudentState = Pick<State, "student" | "queues"> & {
    memories: Pick<State["memories"], "student">;
  };
  const teaching = compile(
    (state: TeacherState, images: tf.Tensor4D, now: Pick<Now, "teacherTemperature">) =>
      tidy(() => teach(state as State, images, { now, config, ...layout })),
    { name: "teach", precision },
  );
  const learning = compile(
    (state: StudentState, views: StudentViews, lesson: Parameters<typeof learn>[2]["lesson"]) =>
      tidy(() => learn(state as State, views, { lesson, config, ...layout })),
    { name: "learn", precision },
  );
  const applying = applyInParts(config);
  const filling = compile(
    (buffers: Buffers, taken: Intake) => tidy(() => nextBuffers(buffers, taken, config)),
    { name: "fill" },
  );

  /** The first half of a step on a part of the batch. */
  function pass(state: State, work: Work, now: Now): Pass {
    const { teacher, center, student, queues, memories } = state;
    const lesson = teaching(
      { teacher, center, memories: { teacher: memories.teacher } },
      work.batch.teacher,
      {
        teacherTemperature: now.teacherTemperature,
      },
    );
    const { instance, localGroup } = lesson.teacher;
    const { targets } = lesson;
    let result: Pick<Pass, "gradients" | "losses"> | null = null;
    let first: ReturnType<typeof learn> | null = null;
    for (const views of viewsOf(work, chunk)) {
      const learned = learning(
        { student, queues, memories: { student: memories.student } },
        views,
        {
          teacher: { instance, localGroup },
          targets,
        },
      );
      if (chunk) dispose(views.groups, views.masks);
      if (!result || !first) {
        first = learned;
        result = learned;
        continue;
      }
      dispose(learned.patchMean);
      result = {
        gradients: sum(result.gradients, learned.gradients),
        losses: sum(result.losses, learned.losses) as Pass["losses"],
      };
    }
    const taken = tidy(() => intake(first!, lesson.teacher, work.batch.weak.clone()));
    replace([first!.patchMean, lesson.teacher, targets], taken);
    return {
      ...result!,
      health: lesson.health,
      intake: taken,
      statistics: { student: first!.statistics, teacher: lesson.statistics },
    };
  }

  /** The first half of a step on all of the batch. */
  function passes(state: State, work: Work, now: Now): Pass {
    if (accumulate === 1) return pass(state, work, now);
    const parts: Pass[] = [];
    for (let index = 0; index < accumulate; index++) {
      const part = tidy(() => imagesOf(work, { index, parts: accumulate }));
      const next = pass(state, part, now);
      dispose(part.batch, part.masks);
      const before = parts.at(-1);
      if (before) next.gradients = sum(before.gradients, next.gradients);
      parts.push(next);
    }
    const intakes = parts.map(({ intake }) => intake);
    const taken = join(intakes);
    dispose(intakes);
    return {
      gradients: take(parts.at(-1)!.gradients, (_, gradient) => gradient.div(accumulate)),
      losses: mean(parts.map(({ losses }) => losses)),
      health: mean(parts.map(({ health }) => health)),
      intake: taken,
      statistics: parts[0].statistics,
    };
  }

  function step(state: State, batch: StepBatch, now: Now): [State, Facts] {
    const { losses, health, intake, ...rest } = passes(state, { batch, masks: now.masks }, now);
    const finite = Number.isFinite(losses.total.dataSync()[0]);
    const [learned, { gradientNorm }] = finite
      ? applying(state, rest, now)
      : [null, { gradientNorm: tf.scalar(NaN) }];
    const facts = { ...losses, ...health, gradientNorm };
    if (!learned) {
      dispose(intake, rest.gradients, rest.statistics);
      return [state, facts];
    }
    const { memories, queues, center } = state;
    const next = { ...learned, ...filling({ memories, queues, center }, intake) };
    dispose(intake);
    return [next, facts];
  }
  return Object.assign(step, {
    [Symbol.dispose]() {
      for (const compiled of [teaching, learning, applying, filling]) compiled[Symbol.dispose]();
    },
  });
}
