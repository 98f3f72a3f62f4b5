import * as tf from "@tensorflow/tfjs";
import type { IbotConfig } from "../../configs/mod.ts";
import { nextCenter } from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Named, type Shapes } from "../../tree/mod.ts";
import { type IbotNetwork, initNetwork, networkShapes, teacherOf } from "./network.ts";

/** What iBOT carries beside its networks: running means of the teacher's logits. */
export type IbotBuffers = {
  /** Those of class tokens, `[1, prototypes]`. */
  center: tf.Tensor2D;
  /** Those of patches, masked or not, `[1, 1, patch prototypes]`. */
  patchCenter: tf.Tensor3D;
};

/** What iBOT carries from step to step. */
export type IbotState = {
  learner: { student: IbotNetwork; teacher: IbotNetwork };
  buffers: IbotBuffers;
};

/** The tensors of the networks and the centers. */
export function shapes(config: IbotConfig): Shapes {
  return {
    ...below("learner.student", networkShapes(config, { student: true })),
    ...below("learner.teacher", networkShapes(config, { student: false })),
    "buffers.center": [1, config.prototypes],
    "buffers.patchCenter": [1, 1, config.patchPrototypes],
  };
}

/** The networks and the centers before the first step; the teacher equals the student. */
export function init(config: IbotConfig, random: Random): IbotState {
  const student = initNetwork(config, random.fork("student"));
  return {
    learner: { student, teacher: teacherOf(student) },
    buffers: {
      center: tf.zeros([1, config.prototypes]),
      patchCenter: tf.zeros([1, 1, config.patchPrototypes]),
    },
  };
}

/** The centers after a step, from the means of the teacher's logits. */
export function next(
  { center, patchCenter }: IbotBuffers,
  intake: Named,
  { centerMomentum, patchCenterMomentum }: IbotConfig,
): IbotBuffers {
  const rows = patchCenter.squeeze<tf.Tensor2D>([0]);
  const patches = nextCenter(rows, intake.patchCenter as tf.Tensor2D, patchCenterMomentum);
  return {
    center: nextCenter(center, intake.center as tf.Tensor2D, centerMomentum),
    patchCenter: patches.expandDims(0),
  };
}
