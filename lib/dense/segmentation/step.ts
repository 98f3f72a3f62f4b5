import * as tf from "@tensorflow/tfjs";
import { compile, type Precision, recompute as recomputeBlocks, tidy } from "../../compile/mod.ts";
import type { LabeledTensors } from "../../datasets/mod.ts";
import type { Keeping } from "../../nn/mod.ts";
import { clipTogether, gradientsOf } from "../../optim/mod.ts";
import type { StepFacts } from "../../training/mod.ts";
import { flatten, type Named, type Tree, unflatten } from "../../tree/mod.ts";
import { type HeadDropout, segmentInTraining } from "./network.ts";
import { pixelLoss } from "./pixel_loss.ts";
import { blocksOf, learnedIn, segmentationOptimizer, type SegmentationSetup } from "./setup.ts";
import { passing, type SegmentationState } from "./state.ts";

/** What changes from step to step without being state, as tensors: a step is traced once. */
export type SegmentationNow = {
  rate: tf.Scalar;
  weightDecay: tf.Scalar;
  /** Stochastic depth; none at rate 0. */
  mask?: tf.Tensor3D;
  dropout?: HeadDropout;
};

/** How the work of a step is laid out; the result is the same but for rounding. */
export type SegmentationLayout = Keeping & {
  /** Whether the insides of blocks are computed anew for the gradients. */
  recompute?: boolean;
};

/** What the first half of a step gives to the second. */
export type SegmentationLesson = {
  gradients: Named;
  /** The total, and that of each head before it is weighted. */
  losses: { total: tf.Scalar; decode: tf.Scalar; auxiliary?: tf.Scalar };
  /** The share of labeled pixels whose class the head has right, in percent. */
  accuracy: tf.Scalar;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: Tree;
};

type StepOptions = SegmentationLayout & { setup: SegmentationSetup; now: SegmentationNow };

/** The first half of a step: the losses of a batch, and their gradients by what is learned. */
export function segmentationGradients(
  model: SegmentationState["model"],
  { images, labels }: LabeledTensors,
  { now: { mask, dropout }, setup, recompute, lean }: StepOptions,
): SegmentationLesson {
  const { config, backbone: { heads } } = setup;
  const pass = {
    ...{ heads, mask, dropout, lean, blocks: blocksOf(setup), normed: config.finalNorm },
    recompute: recompute ? recomputeBlocks : undefined,
  };
  const named = flatten(model);
  const { gradients, results } = gradientsOf(() => {
    const [logits, statistics] = segmentInTraining(images, model, pass);
    const options = { divisor: config.lossDivisor };
    const { loss: decode, accuracy } = pixelLoss(logits.decode, labels, options);
    if (!logits.auxiliary) {
      const losses = { total: decode.clone(), decode: decode.clone() };
      return { loss: decode, results: { losses, accuracy, statistics } };
    }
    const { loss: auxiliary } = pixelLoss(logits.auxiliary, labels, options);
    const loss = decode.add<tf.Scalar>(auxiliary.mul(config.auxiliaryWeight));
    const losses = { total: loss.clone(), decode: decode.clone(), auxiliary: auxiliary.clone() };
    return { loss, results: { losses, accuracy, statistics } };
  }, passing(named, learnedIn(setup)));
  return { gradients, ...results };
}

/** The second half of a step: moves the model. */
export function applySegmentation(
  { step, model, optimizer }: SegmentationState,
  { gradients, statistics }: Pick<SegmentationLesson, "gradients" | "statistics">,
  { now: { rate, weightDecay }, setup }: Pick<StepOptions, "now" | "setup">,
): SegmentationState {
  const named = flatten(model);
  const learned = passing(named, learnedIn(setup));
  const { update } = segmentationOptimizer(setup);
  const [moved, state] = update(learned, gradients, { state: optimizer, rate, weightDecay });
  return {
    step: step.add<tf.Scalar>(tf.scalar(1, "int32")),
    model: unflatten({ ...named, ...flatten(statistics), ...moved }),
    optimizer: state,
  };
}

/** One step of a segmenter's training. */
export function segmentationStep(
  state: SegmentationState,
  batch: LabeledTensors,
  options: StepOptions,
): [SegmentationState, StepFacts] {
  const { losses, accuracy, ...lesson } = segmentationGradients(state.model, batch, options);
  const [, gradientNorm] = clipTogether(lesson.gradients, null);
  const next = applySegmentation(state, lesson, options);
  return [next, {
    losses: losses as StepFacts["losses"],
    signs: { pixelAccuracy: accuracy },
    gradientNorm,
  }];
}

/** A step that is compiled. */
export type CompiledSegmentationStep =
  & Disposable
  & ((
    state: SegmentationState,
    batch: LabeledTensors,
    now: SegmentationNow,
  ) => [SegmentationState, StepFacts]);

/** Compiles {@linkcode segmentationStep}; dispose of it when the run ends. */
export function compileSegmentationStep(
  setup: SegmentationSetup,
  { precision = "float32", ...layout }: SegmentationLayout & { precision?: Precision } = {},
): CompiledSegmentationStep {
  return compile(
    (state: SegmentationState, batch: LabeledTensors, now: SegmentationNow) =>
      tidy(() => segmentationStep(state, batch, { now, setup, ...layout })),
    { name: "segmentation", precision },
  );
}
