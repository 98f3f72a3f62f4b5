import { batches, type Sample } from "../datasets/mod.ts";
import { dispose } from "../tree/mod.ts";
import { collapse } from "./collapse.ts";
import { lengthOf, type PretrainConfig } from "./config.ts";
import { brokenLoss, diagnose } from "./diagnose.ts";
import { Diverged } from "./diverged.ts";
import { type Fact, numbers } from "./fact.ts";
import { now } from "./now.ts";
import { Pace } from "./pace.ts";
import { schedules } from "./schedules.ts";
import { initState, replace, type State } from "./state.ts";
import { type CompiledStep, compileStep } from "./step.ts";

/** Options of {@linkcode pretrain}. */
export type PretrainOptions = {
  /** The state to go on from, which is then owned by the run; by default a new one. */
  state?: State;
  /** Batches of the data's order that are passed over, those before the state's step among them. */
  passedOver?: number;
  /** A compiled step of the same configuration; by default one is compiled, and disposed of at the end. */
  step?: CompiledStep;
  /** Threads that make the views. */
  workers?: number;
  /** The greatest share of images that may be unreadable; others stand in for them. */
  maxBad?: number;
};

/**
 * Pre-trains on images and tells of every step. The state of a fact lives until the next one is asked for; the last one is
 * the caller's. The same configuration and images give the same run, from wherever it goes on.
 *
 * @throws {RangeError} If there are no images.
 * @throws {Diverged} If a loss or a gradient is not finite; the state before it is the caller's.
 */
export async function* pretrain(
  samples: Sample[],
  config: PretrainConfig,
  { state = initState(config), passedOver = 0, step, workers, maxBad }: PretrainOptions = {},
): AsyncGenerator<Fact & { state: State }, void, void> {
  const { batchSize, seed } = config;
  const length = lengthOf(config, samples.length);
  const moment = schedules(config, length);
  const from = state.step.dataSync()[0];
  using compiled = step ? null : compileStep(config);
  const run = step ?? compiled!;
  const pace = new Pace(batchSize);
  const made = batches(samples, { batchSize, seed, crops: config }, {
    from: from + passedOver,
    to: length.steps + passedOver,
    ...workers !== undefined && { workers },
    ...maxBad !== undefined && { maxBad },
  });
  for await (using batch of made) {
    const at = batch.step - passedOver;
    const { teacher, student, local, weak, waited, skipped } = batch;
    const current = now(moment(at), batch.step, config);
    const tensors = { teacher, student, local, weak };
    const [next, facts] = run(state, tensors, current);
    const told = numbers(facts);
    dispose(facts);
    if (!Number.isFinite(told.total) || !Number.isFinite(told.gradientNorm)) {
      replace(next, state);
      const tensor = diagnose(state, tensors, { now: current, config });
      dispose(current);
      throw new Diverged({ step: at, loss: brokenLoss(told), tensor });
    }
    dispose(current);
    replace(state, next);
    state = next;
    pace.step(waited);
    yield {
      step: at + 1,
      steps: length.steps,
      epoch: (at + 1) / length.stepsPerEpoch,
      ...told,
      rate: moment(at).rate,
      imagesPerSecond: pace.imagesPerSecond,
      waitShare: pace.waitShare,
      secondsLeft: (length.steps - at - 1) * pace.secondsPerStep,
      collapse: collapse(told, { share: (at + 1) / length.steps }),
      skipped,
      state,
    };
  }
}
