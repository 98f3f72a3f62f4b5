import * as tf from "@tensorflow/tfjs";
import { dropMasks } from "../methods/mod.ts";
import { Random } from "../random/mod.ts";
import type { PretrainConfig } from "./config.ts";
import type { Moment } from "./schedules.ts";

/** What changes from step to step without being state, as tensors: a step is traced once for all. */
export type Now = {
  rate: tf.Scalar;
  weightDecay: tf.Scalar;
  momentum: tf.Scalar;
  teacherTemperature: tf.Scalar;
  frozen: tf.Scalar;
  clip: tf.Scalar;
  /** Stochastic depth of the student, `[depth, 2, images]` for the large and the small views; none at rate 0. */
  masks: tf.Tensor3D[];
};

/** The tensors of a step. Its masks depend on the seed and the step alone, so that a run can begin anywhere. */
export function now(moment: Moment, step: number, config: PretrainConfig): Now {
  const random = new Random(`${config.seed}/drop path/${step}`);
  return {
    rate: tf.scalar(moment.rate),
    weightDecay: tf.scalar(moment.weightDecay),
    momentum: tf.scalar(moment.momentum),
    teacherTemperature: tf.scalar(moment.teacherTemperature),
    frozen: tf.scalar(moment.frozen),
    clip: tf.scalar(moment.clip),
    masks: dropMasks(config, random),
  };
}
