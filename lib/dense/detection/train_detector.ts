import * as tf from "@tensorflow/tfjs";
import { compile, tidy } from "../../compile/mod.ts";
import {
  type CocoCategory,
  type CocoSample,
  learnable,
  objectBatches,
  stepsPerEpoch,
} from "../../datasets/mod.ts";
import { dropPathMasks } from "../../nn/mod.ts";
import { falling, type Length } from "../../optim/mod.ts";
import { Random } from "../../random/mod.ts";
import { type Fact, firstNotFinite, loop, stepsDone } from "../../training/mod.ts";
import type { ObjectViewPlan } from "../../transforms/mod.ts";
import { dispose, type Tree } from "../../tree/mod.ts";
import { type DetectionState, initDetection } from "./detection_state.ts";
import {
  type CompiledDetectionStep,
  compileDetectionStep,
  type DetectionBatch,
  detectionGradients,
  type DetectionNow,
} from "./detection_step.ts";
import type { DetectorTargets } from "./detector_losses.ts";
import type { DetectionSetup } from "./setup.ts";

/** Options of {@linkcode trainDetection}. */
export type TrainDetectionOptions = {
  /** What the classes are, in their order. */
  categories: readonly CocoCategory[];
  /** The state to continue from, which the run then owns; by default a new one. */
  state?: DetectionState;
  /** Batches of the data's order that are passed over, those before the state's step among them. */
  passedOver?: number;
  /**
   * A compiled step of the same setup; by default one is compiled, and disposed of at the end.
   */
  step?: CompiledDetectionStep;
};

/** A fact with the state that it is about. */
export type DetectionFact = Fact & { state: DetectionState };

/**
 * Trains a detector on the images with something to learn from, and yields a fact after every step.
 * The state of a fact lives until the next fact is requested; the last one is the caller's. The
 * same setup, weights and images give the same run, wherever it is continued.
 *
 * @throws {RangeError} If there are no such images, or no step.
 * @throws {Diverged} If a loss or a gradient is not finite; the state before it is the caller's.
 */
export async function* trainDetection(
  samples: readonly CocoSample[],
  setup: DetectionSetup,
  { categories, state = initDetection(setup), passedOver = 0, step }: TrainDetectionOptions,
): AsyncGenerator<DetectionFact, void, void> {
  const { config } = setup;
  const images = learnable(samples);
  const length = detectionLength(config, images.length);
  const rate = detectionRate(config, length);
  using compiled = step ? null : compileDetectionStep(setup);
  const run = step ?? compiled!;
  yield* loop<DetectionState, DetectionNow, DetectionBatch>({
    state,
    batches: objectBatches(images, { ...config, plan: objectViewPlan(setup), categories }, {
      from: stepsDone(state) + passedOver,
      to: length.steps + passedOver,
    }),
    passedOver,
    ...length,
    batchSize: config.batchSize,
    step: run,
    now: (step, batch) => detectionNow(rate(step), batch, setup),
    rate,
    diagnose: (state, batch, now) => diagnose({ state, batch, now }, run, setup),
  });
}

/**
 * The length of a training on `count` images.
 *
 * @throws {RangeError} If there are no images, or it has no step.
 */
export function detectionLength(
  { batchSize, steps: fixed, epochs }: DetectionSetup["config"],
  count: number,
): Length {
  if (count < 1) throw new RangeError("Cannot train on 0 images in which objects are marked");
  const perEpoch = stepsPerEpoch(count, batchSize);
  const steps = fixed ?? Math.round(epochs * perEpoch);
  if (steps >= 1) return { steps, stepsPerEpoch: perEpoch };
  throw new RangeError(`Cannot train for ${steps} steps: give more epochs, or steps`);
}

/** The learning rate as a function of the step. */
export function detectionRate(
  { learningRate, fallAfter, fallFactor, warmupSteps, warmupShare }: DetectionSetup["config"],
  { stepsPerEpoch }: Length,
): (step: number) => number {
  return falling(learningRate, {
    after: fallAfter.map((epoch) => epoch * stepsPerEpoch),
    factor: fallFactor,
    warmup: warmupSteps,
    warmupShare,
  });
}

/** How images are shown in training. */
export function objectViewPlan({ config }: Pick<DetectionSetup, "config">): ObjectViewPlan {
  const { longSide, shortSides, flip, cropShare, cropShortSides, cropSides } = config;
  return { longSide, shortSides, flip, cropShare, cropShortSides, cropSides };
}

/**
 * The tensors of a step. What it drops depends on the seed and the batch alone, so that a run can
 * go on from anywhere.
 *
 * @param batch Batches of the data's order before this one.
 */
export function detectionNow(
  rate: number,
  batch: number,
  { config, backbone: { depth } }: DetectionSetup,
): DetectionNow {
  const { dropPath, batchSize, seed, weightDecay } = config;
  const random = new Random(`${seed}/drop path/${batch}`);
  return {
    rate: tf.scalar(rate),
    weightDecay: tf.scalar(weightDecay),
    ...dropPath > 0 &&
      { mask: dropPathMasks(random, { depth, rate: dropPath, batch: batchSize }) },
  };
}

/** A step that broke. */
type BrokenStep = { state: DetectionState; batch: DetectionBatch; now: DetectionNow };

/** Names the first tensor of a step that broke which is not finite. The step is repeated for that. */
function diagnose(
  { state, batch, now }: BrokenStep,
  { targets: targetsOf }: CompiledDetectionStep,
  setup: DetectionSetup,
): string {
  const within = (where: string, tree: Tree) => {
    const name = firstNotFinite(tree);
    return name && `"${name}" of ${where}`;
  };
  const before = within("the state before it", state) ?? within("the batch", batch.images);
  if (before) return before;
  const targets = targetsOf(state, batch, now);
  using repeat = compile(
    (
      { model }: DetectionState,
      lesson: { images: tf.Tensor4D; targets: DetectorTargets },
      now: DetectionNow,
    ) =>
      tidy(() => {
        const { losses, gradients } = detectionGradients(model, lesson, { now, setup });
        return { losses, gradients };
      }),
    { name: "diagnosis" },
  );
  const { losses, gradients } = repeat(state, { images: batch.images, targets }, now);
  try {
    return within("the boxes that are chosen", targets) ?? within("the losses", losses) ??
      within("the gradients", gradients) ?? "none that is found when the step is repeated";
  } finally {
    dispose(losses, gradients, targets);
  }
}
