import * as tf from "@tensorflow/tfjs";
import type { DinoConfig } from "../../configs/mod.ts";
import { nextCenter } from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Named, type Shapes } from "../../tree/mod.ts";
import { type DinoNetwork, initNetwork, networkShapes, teacherOf } from "./network.ts";

/** What DINO carries from step to step beside its networks. */
export type DinoBuffers = {
  /** Running mean of the teacher's logits, `[1, prototypes]`. */
  center: tf.Tensor2D;
};

/** What DINO carries from step to step. */
export type DinoState = {
  learner: { student: DinoNetwork; teacher: DinoNetwork };
  buffers: DinoBuffers;
};

/** The tensors of the networks and the center. */
export function shapes(config: DinoConfig): Shapes {
  const network = networkShapes(config);
  return {
    ...below("learner", { ...below("student", network), ...below("teacher", network) }),
    "buffers.center": [1, config.prototypes],
  };
}

/** The networks and the center before the first step; the teacher equals the student. */
export function init(config: DinoConfig, random: Random): DinoState {
  const student = initNetwork(config, random.fork("student"));
  return {
    learner: { student, teacher: teacherOf(student) },
    buffers: { center: tf.zeros([1, config.prototypes]) },
  };
}

/** The center after a step, from the mean of the teacher's logits. */
export function next(
  { center }: DinoBuffers,
  intake: Named,
  { centerMomentum }: Pick<DinoConfig, "centerMomentum">,
): DinoBuffers {
  return { center: nextCenter(center, intake.center as tf.Tensor2D, centerMomentum) };
}
