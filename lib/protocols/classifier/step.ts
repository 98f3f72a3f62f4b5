import * as tf from "@tensorflow/tfjs";
import { recompute as recomputeBlocks } from "../../compile/mod.ts";
import type { Keeping } from "../../nn/mod.ts";
import { clipTogether, ema, gradientsOf } from "../../optim/mod.ts";
import { flatten, type Named, type Tree, unflatten } from "../../tree/mod.ts";
import { crossEntropy } from "../cross_entropy.ts";
import { type ClassifierNetwork, classifyInTraining } from "./network.ts";
import { classifierOptimizer, type ClassifierSetup, isLearned } from "./setup.ts";
import { type ClassifierState, select } from "./state.ts";

/** Images `[batch, side, side, 3]`, and the share of every class in each, `[batch, classes]`. */
export type ClassifierBatch = { images: tf.Tensor4D; targets: tf.Tensor2D };

/** What changes from step to step without being state, as tensors: a step is traced once. */
export type ClassifierNow = {
  rate: tf.Scalar;
  weightDecay: tf.Scalar;
  /** Stochastic depth; none at rate 0. */
  mask?: tf.Tensor3D;
};

/** How the work of a step is laid out; the result is the same but for rounding. */
export type ClassifierLayout = Keeping & {
  /** Whether the insides of blocks are computed anew for the gradients. */
  recompute?: boolean;
  /** Independent chains of operations into which the work of a vision transformer is cut. */
  chains?: number;
};

/** What the first half of a step gives to the second. */
export type ClassifierLesson = {
  gradients: Named;
  loss: tf.Scalar;
  logits: tf.Tensor2D;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: Tree;
};

/** What a step gives beside the next state. */
export type ClassifierFacts = {
  losses: { total: tf.Scalar };
  signs: Record<string, tf.Scalar>;
  /** Norm of the whole gradient before clipping. */
  gradientNorm: tf.Scalar;
};

/** What a step needs beside state and batch. */
export type ClassifierStepOptions = ClassifierLayout & { setup: ClassifierSetup };

/** The first half of a step: the loss of a batch, and its gradients by what is learned. */
export function classifierGradients(
  model: ClassifierNetwork,
  { images, targets }: ClassifierBatch,
  { mask, setup, recompute, lean, chains }: ClassifierStepOptions & Pick<ClassifierNow, "mask">,
): ClassifierLesson {
  const { heads, resnet } = setup.backbone;
  const recomputed = recompute ? recomputeBlocks : undefined;
  const pass = { heads, resnet, mask, chains, lean, recompute: recomputed };
  const { gradients, results } = gradientsOf(() => {
    const [logits, statistics] = classifyInTraining(images, model, pass);
    const loss = crossEntropy(logits, targets);
    return { loss, results: { loss, logits: logits.clone(), statistics } };
  }, select(flatten(model), isLearned));
  return { gradients, ...results };
}

/** The second half of a step: clips, moves the model, and lets its average follow. */
export function applyClassifier(
  { step, model, average, optimizer }: ClassifierState,
  { gradients, statistics }: Pick<ClassifierLesson, "gradients" | "statistics">,
  { now: { rate, weightDecay }, setup }: { now: ClassifierNow; setup: ClassifierSetup },
): [ClassifierState, Pick<ClassifierFacts, "gradientNorm">] {
  const { config } = setup;
  const [clipped, gradientNorm] = clipTogether(gradients, config.clipGradient || null);
  const named = flatten(model);
  const { update } = classifierOptimizer(setup);
  const learned = select(named, isLearned);
  const [moved, state] = update(learned, clipped, { state: optimizer, rate, weightDecay });
  const next = { ...named, ...flatten(statistics), ...moved };
  const momentum = tf.scalar(config.average ?? 0);
  return [{
    step: step.add<tf.Scalar>(tf.scalar(1, "int32")),
    model: unflatten<ClassifierNetwork>(next),
    ...average && { average: ema(average, next, momentum) },
    optimizer: state,
  }, { gradientNorm }];
}

/** One step of a classifier. */
export function classifierStep(
  state: ClassifierState,
  batch: ClassifierBatch,
  { now, ...options }: ClassifierStepOptions & { now: ClassifierNow },
): [ClassifierState, ClassifierFacts] {
  const { loss, ...lesson } = classifierGradients(state.model, batch, { ...options, ...now });
  const [next, facts] = applyClassifier(state, lesson, { now, ...options });
  return [next, { losses: { total: loss }, signs: {}, ...facts }];
}
