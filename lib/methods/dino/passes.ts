import type * as tf from "@tensorflow/tfjs";
import type { DinoConfig } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { softAssignment } from "../../objectives/mod.ts";
import type { Tree } from "../../tree/mod.ts";
import { type BackbonePassOptions, groupFeatures, type ImageGroup } from "../backbone.ts";
import type { Learned, LearnOptions, Lesson, StudentViews, TeachOptions } from "../method.ts";
import { assignmentSigns, featureSpread } from "../signs.ts";
import { trainDinoHead } from "./head.ts";
import { dinoLoss } from "./losses.ts";
import type { DinoNetwork } from "./network.ts";
import type { DinoState } from "./state.ts";

/** What a network makes of images. */
export type DinoOutput = {
  /** Features of the backbone, `[images, width]`. */
  features: tf.Tensor2D;
  /** Over the prototypes, `[images, prototypes]`. */
  logits: tf.Tensor2D;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: Tree;
};

/**
 * A network's pass over groups of images, each of one size: the backbone runs once a group, the
 * head once on all.
 */
export function forward(
  groups: readonly ImageGroup[],
  { backbone, head }: DinoNetwork,
  options: BackbonePassOptions,
): DinoOutput {
  const [features, statistics] = groupFeatures(groups, backbone, options);
  const [logits, heads] = trainDinoHead(features, head, { processes: options.processes });
  return { features, logits, statistics: { backbone: statistics, head: heads } };
}

/**
 * The teacher's pass over the large views `[2 * batch, size, size, 3]`. It normalizes by their
 * batch statistics, as a student does, and keeps running ones of its own.
 */
export function teach(
  { learner, buffers }: DinoState,
  { global: views }: Batch,
  { numbers, config, ...layout }: TeachOptions<DinoConfig>,
): Lesson {
  const { features, logits, statistics } = forward([views!], learner.teacher, {
    config,
    ...layout,
  });
  const assignments = softAssignment(logits, buffers.center, numbers.teacherTemperature!);
  return {
    targets: { assignments },
    intake: { center: logits.mean(0, true) },
    signs: { spread: featureSpread(features), ...assignmentSigns(assignments) },
    statistics,
  };
}

/** The student's pass over its views, or some of them. */
export function learn(
  { learner }: DinoState,
  { groups, range: views }: StudentViews,
  { targets, numbers: _, config, ...layout }: LearnOptions<DinoConfig>,
): Learned {
  const { logits, statistics } = forward(Object.values(groups), learner.student, {
    config,
    ...layout,
  });
  const assignments = targets.assignments as tf.Tensor2D;
  const { studentTemperature: temperature } = config;
  const total = dinoLoss(logits, assignments, { temperature, views });
  return { losses: { total }, intake: {}, statistics };
}

/** The assignment of images to the prototypes, `[images, prototypes]`, as at the end of a run. */
export function assign(
  { learner, buffers }: DinoState,
  images: tf.Tensor4D,
  config: DinoConfig,
): tf.Tensor2D {
  const { logits } = forward([{ images }], learner.teacher, { config });
  return softAssignment(logits, buffers.center, config.teacherTemperature);
}
