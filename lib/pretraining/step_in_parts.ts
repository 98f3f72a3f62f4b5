import * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { methodOf, type StepScalars } from "../methods/mod.ts";
import { numberOf, type StepFacts } from "../training/mod.ts";
import { dispose } from "../tree/mod.ts";
import { moveInParts } from "./move_in_parts.ts";
import type { Now } from "./now.ts";
import { compileParts, type Parts } from "./parts.ts";
import type { Pass } from "./pass.ts";
import { passesOf, passOf } from "./pass_in_parts.ts";
import { replacedBy, withChanges } from "./prepare.ts";
import type { State } from "./state.ts";
import type { MoveLayout } from "./move.ts";
import type { PassLayout } from "./teach.ts";

/** How a step is cut. */
export type PartsOptions = PassLayout & MoveLayout & {
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
  const images = config.batchSize / (layout.processes?.count ?? 1);
  checkParts(config, { accumulate, chunk, images });
  const parts = compileParts(config, layout);
  const step = (state: State, batch: Batch, now: Now): [State, StepFacts] => {
    const work = { batch, masks: now.masks };
    const changes = parts.prepare?.(state.learner, now.numbers) ?? {};
    const ready = { ...state, learner: withChanges(state.learner, changes) };
    const inputs = { state: ready, work, now };
    const share = accumulate === 1
      ? passOf(parts, inputs, { config, chunk, images })
      : passesOf(parts, inputs, { config, chunk, images, accumulate });
    const pass = parts.exchange ? exchanged(parts.exchange, share) : share;
    const [next, facts] = applyInParts(parts, ready, { ...pass, numbers: now.numbers });
    if (next !== ready) {
      dispose(replacedBy(changes, state.learner));
      return [next, facts];
    }
    dispose(changes);
    return [state, facts];
  };
  return Object.assign(step, {
    [Symbol.dispose]() {
      for (const part of Object.values(parts)) part?.[Symbol.dispose]();
    },
  });
}

/** What all processes give to a step; the share of this one is used up. */
function exchanged(exchange: NonNullable<Parts["exchange"]>, share: Pass): Pass {
  const { statistics, ...rest } = share;
  const all = exchange(rest);
  dispose(rest);
  return { ...all, statistics };
}

/** @param options `images`: those of this process. */
function checkParts(
  config: Config,
  { accumulate, chunk, images }: PartsOptions & { images: number },
): void {
  if (images % accumulate) {
    throw new RangeError(
      `Cannot cut a batch of ${images} images into ${accumulate} parts: ${
        images % accumulate
      } are left over`,
    );
  }
  const reason = accumulate > 1 || chunk ? methodOf(config).whole?.(config) : null;
  if (reason) throw new RangeError(`Cannot ${reason} and cut the batch into parts: choose one`);
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
    ? moveInParts(parts, state, pass)
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
