import type * as tf from "@tensorflow/tfjs";
import type { MugsConfig } from "../../configs/mod.ts";
import { clustering, infoNce, type ViewRange } from "../../objectives/mod.ts";
import type { Buffers } from "./buffers.ts";
import type { Embeddings } from "./forward.ts";

/** The losses of Mugs at its three levels, and their weighted mean. */
export type MugsLosses = {
  instance: tf.Scalar;
  localGroup: tf.Scalar;
  group: tf.Scalar;
  total: tf.Scalar;
};

/** What the losses compare with. */
export type LossOptions = {
  queues: Buffers["queues"];
  /** The teacher's assignments to the prototypes, `[2 * batch, prototypes]`. */
  targets: tf.Tensor2D;
  config: MugsConfig;
  /**
   * Which of the student's views are given; by default all. The losses of parts add up to those of
   * all.
   */
  range?: ViewRange;
};

/** The three losses of a student's views against a teacher's (the paper's IDS, LGDS and GDS). */
export function losses(
  student: Pick<Embeddings, "instance" | "localGroup" | "group">,
  teacher: Pick<Embeddings, "instance" | "localGroup">,
  { queues, targets, config, range: views }: LossOptions,
): MugsLosses {
  const instance = infoNce(student.instance, teacher.instance, {
    queue: queues.instance.queue,
    temperature: config.instanceTemperature,
    views,
  });
  const localGroup = infoNce(student.localGroup, teacher.localGroup, {
    queue: queues.localGroup.queue,
    temperature: config.localGroupTemperature,
    views,
  });
  const group = clustering(student.group, targets, {
    temperature: config.studentTemperature,
    views,
  });
  const divisor = config.lossWeights.reduce((sum, weight) => sum + weight);
  const [a, b, c] = config.lossSum === "reference"
    ? config.lossWeights.map((weight) => weight > 0 ? 1 : 0)
    : config.lossWeights;
  const total = instance.mul(a).add(localGroup.mul(b)).add(group.mul(c)).div<tf.Scalar>(divisor);
  return { instance, localGroup, group, total };
}
