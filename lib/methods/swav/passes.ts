import * as tf from "@tensorflow/tfjs";
import type { SwavConfig } from "../../configs/mod.ts";
import { normalize } from "../../nn/mod.ts";
import { withoutGradient } from "../../objectives/mod.ts";
import type { Named } from "../../tree/mod.ts";
import type { BackbonePassOptions, ImageGroup } from "../backbone.ts";
import { dinoLoss } from "../dino/losses.ts";
import type { Learned, Learner, LearnOptions, Preparation, StudentViews } from "../method.ts";
import { assignmentSigns, featureSpread } from "../signs.ts";
import { embed, type Embeddings } from "../unit_embeddings.ts";
import { assignments } from "./assignments.ts";
import type { SwavNetwork } from "./network.ts";
import type { SwavState } from "./state.ts";

/** What a network makes of images. */
export type SwavOutput = Embeddings & {
  /** Products of embeddings and prototypes, `[images, prototypes]`. */
  scores: tf.Tensor2D;
};

/** A network's pass over groups of images, each of one size. */
export function forward(
  groups: readonly ImageGroup[],
  { prototypes, ...network }: SwavNetwork,
  options: BackbonePassOptions,
): SwavOutput {
  const output = embed(groups, network, options);
  const scores: tf.Tensor2D = tf.matMul(output.embeddings, prototypes.weight, false, true);
  return { ...output, scores };
}

/**
 * Prototypes are brought to unit length before they are looked at, also while they are frozen.
 *
 * Source: SwAV, `train` in main_swav.py.
 */
export function prepare({ student }: Learner): Preparation {
  const { weight } = (student as SwavNetwork).prototypes;
  return { student: { "prototypes.weight": normalize(weight) } };
}

/**
 * The pass over all views: each large one is assigned to the prototypes, together with its batch,
 * and all other views of its image are to predict that assignment.
 */
export function learn(
  { learner: { student }, buffers: { queue } }: SwavState,
  { groups }: StudentViews,
  { targets: _, numbers, config, ...layout }: LearnOptions<SwavConfig>,
): Learned {
  const { features, embeddings, scores, statistics } = forward(Object.values(groups), student, {
    config,
    ...layout,
  });
  const { epsilon, sinkhornIterations: iterations, temperature } = config;
  const large = groups.global!.images.shape[0];
  const { targets, signs, intake } = withoutGradient(() => {
    const targets = assignments(
      scores.slice<tf.Tensor2D>([0], [large]),
      student.prototypes.weight,
      { epsilon, iterations, queue, processes: layout.processes },
    );
    // Zeros until the queue is to fill: it counts as full once its last row is not zero.
    const intake: Named = queue
      ? { embeddings: embeddings.slice([0], [large]).mul(numbers.queued!) }
      : {};
    return {
      targets,
      intake,
      signs: {
        spread: featureSpread(features.slice<tf.Tensor2D>([0], [large])),
        ...assignmentSigns(targets),
      },
    };
  });
  return {
    losses: { total: dinoLoss(scores, targets, { temperature }) },
    intake,
    signs,
    statistics,
  };
}

/** The assignment of images to the prototypes, `[images, prototypes]`, as a view predicts it. */
export function assign(
  { learner: { student } }: SwavState,
  images: tf.Tensor4D,
  config: SwavConfig,
): tf.Tensor2D {
  const { scores } = forward([{ images }], student, { config });
  return tf.softmax(scores.div<tf.Tensor2D>(config.temperature));
}
