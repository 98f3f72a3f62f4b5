import type * as tf from "@tensorflow/tfjs";
import type { ByolConfig } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { linear, type RunningOptions } from "../../nn/mod.ts";
import { labelCrossEntropy, unitDistance, withoutGradient } from "../../objectives/mod.ts";
import type { Tree } from "../../tree/mod.ts";
import type { BackbonePassOptions, ImageGroup } from "../backbone.ts";
import { trainByView } from "../by_view.ts";
import type {
  Learned,
  LearnOptions,
  Lesson,
  Losses,
  StudentViews,
  TeachOptions,
} from "../method.ts";
import { dimensions, featureSpread } from "../signs.ts";
import { halves, headOptions, projectTwoViews } from "../two_views.ts";
import type { ByolNetwork, ByolState } from "./network.ts";

/** Haiku's batch normalization: averages without bias toward their initial values. */
export const running: RunningOptions = { variance: "biased", debiased: true };

/** What a network makes of two views, `[2 * batch, ...]`. */
export type ByolOutput = {
  features: tf.Tensor2D;
  projections: tf.Tensor2D;
  predictions: tf.Tensor2D;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: Tree;
};

/** A network's pass over two views of every image, each of which is a batch of its own. */
export function forward(
  views: ImageGroup,
  network: ByolNetwork,
  options: BackbonePassOptions,
): ByolOutput {
  const { statistics, ...output } = projectTwoViews(views, network, { ...options, running });
  const [predictions, predictor] = trainByView(output.projections, network.predictor, {
    ...headOptions,
    ...running,
    processes: options.processes,
  });
  return { ...output, predictions, statistics: { ...statistics, predictor } };
}

/** The teacher's pass; it predicts too, which moves its running statistics and no more. */
export function teach(
  { learner }: ByolState,
  { large }: Batch,
  { numbers: _, config, ...layout }: TeachOptions<ByolConfig>,
): Lesson {
  const { features, projections, statistics } = forward(large!, learner.teacher, {
    config,
    ...layout,
  });
  const signs = { spread: featureSpread(features), dimensions: dimensions(projections) };
  return { targets: { projections }, intake: {}, signs, statistics };
}

/** The student's pass: from each view, the teacher's projection of the other is predicted. */
export function learn(
  { learner: { student } }: ByolState,
  { groups: { large } }: StudentViews,
  { targets, numbers: _, config, ...layout }: LearnOptions<ByolConfig>,
): Learned {
  const { features, predictions, statistics } = forward(large!, student, { config, ...layout });
  const [first, second] = halves(predictions);
  const [firstTarget, secondTarget] = halves(targets.projections!);
  const total = unitDistance(first, secondTarget)
    .add<tf.Scalar>(unitDistance(second, firstTarget));
  const losses = student.classifier
    ? withClassifier(total, { features, labels: large!.labels, classifier: student.classifier })
    : { total };
  return { losses, intake: {}, statistics };
}

/**
 * The losses with that of a classifier on the features of the first views, which has no part in
 * what the backbone learns.
 *
 * @throws {TypeError} If the batch has no labels.
 */
function withClassifier(
  representation: tf.Scalar,
  { features, labels, classifier }: {
    features: tf.Tensor2D;
    labels: tf.Tensor1D | undefined;
    classifier: NonNullable<ByolNetwork["classifier"]>;
  },
): Losses {
  if (!labels) throw new TypeError("Cannot train a classifier: the batch has no labels");
  const [first] = halves(features);
  const logits = linear(withoutGradient(() => first.clone()), classifier);
  const classification = labelCrossEntropy(logits as tf.Tensor2D, labels);
  return { total: representation.add(classification), representation, classification };
}
