import type { Batch, LoadedBatch } from "../datasets/mod.ts";
import { dispose, type Tree } from "../tree/mod.ts";
import { collapse } from "./collapse.ts";
import { Diverged } from "./diverged.ts";
import { type Fact, type FactNumbers, numbersOf, type StepFacts } from "./fact.ts";
import { Pace } from "./pace.ts";
import { replace, type TrainingState } from "./state.ts";

/** A batch of any kind with what the loader says of it. */
export type Loaded<B> = Omit<LoadedBatch, "batch" | "rows"> & { batch: B };

/** All that a loop needs of a training. */
export type Training<S extends TrainingState, N extends Tree, B = Batch> = {
  /** The state from which it continues; the loop owns it. */
  state: S;
  batches: AsyncIterable<Loaded<B>>;
  /** Batches of the data's order that are passed over, those before the state's step among them. */
  passedOver: number;
  /** Steps of the whole run, and of an epoch. */
  steps: number;
  stepsPerEpoch: number;
  batchSize: number;
  /**
   * The state as an epoch finds it, from the one that the epoch before left; what both share stays.
   * By default nothing changes between epochs.
   *
   * @param epoch Epochs of steps before this one.
   */
  between?(state: S, epoch: number): S;
  /** A step; it may use up the state, unless a loss or the gradient is not finite. */
  step(state: S, batch: B, now: N): [S, StepFacts];
  /**
   * What changes from step to step without being state.
   *
   * @param step Steps done before.
   * @param batch Batches of the data's order before this one.
   */
  now(step: number, batch: number): N;
  /** The learning rate of a step. */
  rate(step: number): number;
  /**
   * Names the first tensor of a step that broke which is not finite; the state is that before the
   * step.
   */
  diagnose(state: S, batch: B, now: N): string;
};

/**
 * Trains and yields a fact after every step. The state of a fact lives until the next fact is
 * requested; the last one is the caller's.
 *
 * @throws {Diverged} If a loss or a gradient is not finite; the state before it is the caller's.
 */
export async function* loop<S extends TrainingState, N extends Tree, B = Batch>(
  training: Training<S, N, B>,
): AsyncGenerator<Fact & { state: S }, void, void> {
  const { steps, stepsPerEpoch, passedOver } = training;
  const pace = new Pace(training.batchSize);
  let { state } = training;
  for await (using loaded of training.batches) {
    const step = loaded.step - passedOver;
    const now = training.now(step, loaded.step);
    const ready = step % stepsPerEpoch === 0
      ? training.between?.(state, step / stepsPerEpoch) ?? state
      : state;
    const [next, facts] = training.step(ready, loaded.batch, now);
    const numbers = numbersOf(facts);
    dispose(facts);
    if (!Number.isFinite(numbers.losses.total) || !Number.isFinite(numbers.gradientNorm)) {
      replace(next, ready);
      const tensor = training.diagnose(ready, loaded.batch, now);
      replace(ready, state);
      dispose(now);
      throw new Diverged({ step, number: brokenNumber(numbers), tensor });
    }
    dispose(now);
    replace(state, next);
    replace(ready, next);
    state = next;
    pace.step(loaded.waited);
    yield {
      step: step + 1,
      steps,
      epoch: (step + 1) / stepsPerEpoch,
      ...numbers,
      rate: training.rate(step),
      imagesPerSecond: pace.imagesPerSecond,
      waitShare: pace.waitShare,
      secondsLeft: (steps - step - 1) * pace.secondsPerStep,
      collapse: collapse(numbers.signs, { share: (step + 1) / steps }),
      skipped: loaded.skipped,
      state,
    };
  }
}

/**
 * Names a loss that is not finite, unless it is the total alone, or else the norm of all gradients,
 * whose squares may be too large a number where no gradient is.
 */
function brokenNumber(
  { losses: { total, ...losses }, gradientNorm }: FactNumbers,
): string | undefined {
  const broken = Object.entries(losses).find(([, value]) => !Number.isFinite(value));
  if (broken) return `the loss "${broken[0]}" is ${broken[1]}`;
  return Number.isFinite(total) ? `the norm of the gradients is ${gradientNorm}` : undefined;
}
