import * as tf from "@tensorflow/tfjs";
import type { MugsConfig } from "../../configs/mod.ts";
import {
  enqueue,
  type Memory,
  memory,
  memoryShapes,
  nextCenter,
  type Queue,
  queue,
  queueShapes,
  remember,
} from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Named, type Shapes } from "../../tree/mod.ts";
import type { Join } from "../method.ts";

/** What Mugs carries from step to step beside its networks. */
export type Buffers = {
  memories: { student: Memory; teacher: Memory };
  queues: { instance: Queue; localGroup: Queue };
  /** Running mean of the teacher's logits, `[1, prototypes]`. */
  center: tf.Tensor2D;
};

/** What a step gives to the buffers. */
export type Intake = {
  /** The teacher's keys, `[2 * batch, out]`. */
  instance: tf.Tensor2D;
  localGroup: tf.Tensor2D;
  /** Mean patch tokens of the first large view, `[batch, width]`. */
  student: tf.Tensor2D;
  teacher: tf.Tensor2D;
  /**
   * 1 where the student's view was weakly augmented, `[batch]`: its memory takes in no other;
   * absent where all were.
   */
  weak?: tf.Tensor1D;
  /** The mean of the teacher's logits, `[1, prototypes]`. */
  center: tf.Tensor2D;
};

/** How the intakes of parts of a batch join. */
export const joins: Readonly<Record<keyof Intake, Join>> = {
  instance: "views",
  localGroup: "views",
  student: "rows",
  teacher: "rows",
  weak: "rows",
  center: "mean",
};

/** The tensors of the buffers. */
export function bufferShapes(config: MugsConfig): Shapes {
  const { width, headOut, localGroupOut, instanceQueue, localGroupQueue } = config;
  const memory = memoryShapes([config.memory, width]);
  return {
    ...below("memories", { ...below("student", memory), ...below("teacher", memory) }),
    ...below("queues.instance", queueShapes([headOut, instanceQueue])),
    ...below("queues.localGroup", queueShapes([localGroupOut ?? headOut, localGroupQueue])),
    center: [1, config.prototypes],
  };
}

/** Buffers before the first step: noise, and a center of zeros. */
export function initBuffers(config: MugsConfig, random: Random): Buffers {
  const { width, headOut, localGroupOut } = config;
  const memoryOf = (name: string) => memory([config.memory, width], random.fork(name));
  return {
    memories: { student: memoryOf("student memory"), teacher: memoryOf("teacher memory") },
    queues: {
      instance: queue([headOut, config.instanceQueue], random.fork("instance queue")),
      localGroup: queue(
        [localGroupOut ?? headOut, config.localGroupQueue],
        random.fork("local-group queue"),
      ),
    },
    center: tf.zeros([1, config.prototypes]),
  };
}

/** The buffers after a step. */
export function next(
  { memories, queues, center }: Buffers,
  intake: Named,
  { memoryPointer: pointer, centerMomentum }: Pick<MugsConfig, "memoryPointer" | "centerMomentum">,
): Buffers {
  const arrivals = intake as Intake;
  return {
    memories: {
      student: remember(memories.student, arrivals.student, { weak: arrivals.weak, pointer }),
      teacher: remember(memories.teacher, arrivals.teacher, { pointer }),
    },
    queues: {
      instance: enqueue(queues.instance, arrivals.instance),
      localGroup: enqueue(queues.localGroup, arrivals.localGroup),
    },
    center: nextCenter(center, arrivals.center, centerMomentum),
  };
}
