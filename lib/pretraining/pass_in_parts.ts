import { tidy } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { replace } from "../training/mod.ts";
import { dispose, type Named } from "../tree/mod.ts";
import { chunksOf, imagesOf, type MaskedBatch, studentViewsOf } from "./cut.ts";
import { joinIntakes, meanOf, replaceEach, sum } from "./gather.ts";
import type { WithGradients } from "./learn.ts";
import type { Now } from "./now.ts";
import type { Parts } from "./parts.ts";
import type { Pass } from "./pass.ts";
import type { State } from "./state.ts";

/** What a pass is made of: the state before the step, and the work and the numbers of the step. */
export type PassInputs = { state: State; work: MaskedBatch; now: Now };

/** How a pass is cut. */
type CutOptions = {
  config: Config;
  /** Student views at a time; `null` for all. */
  chunk: number | null;
  /** Images of the batch at hand. */
  images: number;
};

/**
 * The first half of a step on a part of the batch: the student's views in chunks, or all at once.
 */
export function passOf(
  parts: Parts,
  { state: { learner, buffers }, work, now: { numbers } }: PassInputs,
  { config, chunk, images }: CutOptions,
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
export function passesOf(
  parts: Parts,
  { state, work, now }: PassInputs,
  { accumulate, ...options }: CutOptions & { accumulate: number },
): Pass {
  const { config, images: all } = options;
  const images = all / accumulate;
  let gradients: Named = {};
  const passes: Omit<Pass, "gradients">[] = [];
  for (let index = 0; index < accumulate; index++) {
    const cut = { images: all, index, parts: accumulate };
    const part = tidy(() => imagesOf(work, cut));
    const inputs = { state, work: part, now };
    const { gradients: next, ...pass } = passOf(parts, inputs, { ...options, images });
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
