import * as tf from "@tensorflow/tfjs";
import type { BatchesOptions, Loading, Sample } from "../../datasets/mod.ts";
import { dropPathMasks } from "../../nn/mod.ts";
import { Random } from "../../random/mod.ts";
import { type Fact, loop, stepsDone } from "../../training/mod.ts";
import { classifierBatches } from "./batches.ts";
import { compileClassifierStep, type CompiledClassifierStep } from "./compile_step.ts";
import { diagnoseClassifier } from "./diagnose.ts";
import { classifierLength } from "./length.ts";
import { type ClassifierNumbers, classifierSchedule } from "./schedule.ts";
import type { ClassifierSetup } from "./setup.ts";
import { type ClassifierState, initClassifier } from "./state.ts";
import type { ClassifierBatch, ClassifierNow } from "./step.ts";

/** Options of {@linkcode trainClassifier}. */
export type TrainClassifierOptions = Loading & Pick<BatchesOptions, "maxBad"> & {
  /** The labels that are learned. */
  level: string;
  /** The state to continue from, which the run then owns; by default a new one. */
  state?: ClassifierState;
  /** Batches of the data's order that are passed over, those before the state's step among them. */
  passedOver?: number;
  /**
   * A compiled step of the same setup; by default one is compiled, and disposed of at the end.
   */
  step?: CompiledClassifierStep;
};

/** A fact with the state that it is about. */
export type ClassifierFact = Fact & { state: ClassifierState };

/**
 * Trains a backbone with a classifier behind it, and yields a fact after every step. The state of a
 * fact lives until the next fact is requested; the last one is the caller's. The same setup,
 * weights and images give the same run, wherever it is continued.
 *
 * @throws {RangeError} If there are no images, or no step.
 * @throws {Diverged} If a loss or a gradient is not finite; the state before it is the caller's.
 */
export async function* trainClassifier(
  samples: Sample[],
  setup: ClassifierSetup,
  { state = initClassifier(setup), passedOver = 0, step, ...loading }: TrainClassifierOptions,
): AsyncGenerator<ClassifierFact, void, void> {
  const { config } = setup;
  const length = classifierLength(config, samples.length);
  const numbers = classifierSchedule(config, length);
  using compiled = step ? null : compileClassifierStep(setup);
  yield* loop<ClassifierState, ClassifierNow, ClassifierBatch>({
    state,
    batches: classifierBatches(samples, setup, {
      ...loading,
      from: stepsDone(state) + passedOver,
      to: length.steps + passedOver,
    }),
    passedOver,
    ...length,
    batchSize: config.batchSize,
    step: step ?? compiled!,
    now: (step, batch) => classifierNow(numbers(step), batch, setup),
    rate: (step) => numbers(step).rate,
    diagnose: (state, batch, now) => diagnoseClassifier(state, batch, { now, setup }),
  });
}

/**
 * The tensors of a step. Its mask depends on the seed and the batch alone, so that a run can go on
 * from anywhere.
 *
 * @param batch Batches of the data's order before this one.
 */
export function classifierNow(
  { rate, weightDecay }: ClassifierNumbers,
  batch: number,
  { config, backbone: { depth, resnet } }: ClassifierSetup,
): ClassifierNow {
  const { dropPath, batchSize, seed } = config;
  const random = new Random(`${seed}/drop path/${batch}`);
  const drops = dropPath > 0 && !resnet;
  return {
    rate: tf.scalar(rate),
    weightDecay: tf.scalar(weightDecay),
    ...drops && { mask: dropPathMasks(random, { depth, rate: dropPath, batch: batchSize }) },
  };
}
