import * as tf from "@tensorflow/tfjs";
import {
  enqueue,
  type Memory,
  memory,
  nextCenter,
  type Queue,
  queue,
  remember,
} from "../objectives/mod.ts";
import type { Random } from "../random/mod.ts";
import type { MugsConfig } from "./config.ts";
import type { Embeddings } from "./forward.ts";

/** What Mugs carries from step to step beside its networks. */
export type Buffers = {
  memories: { student: Memory; teacher: Memory };
  queues: { instance: Queue; localGroup: Queue };
  /** Running mean of the teacher's logits, `[1, prototypes]`. */
  center: tf.Tensor2D;
};

/** What one step, or several parts of one, gives to the buffers. */
export type Intake = {
  /** The teacher's keys, `[2 * batch, out]`. */
  instance: tf.Tensor2D;
  localGroup: tf.Tensor2D;
  /** Mean patch tokens of the first large view, `[batch, width]`. */
  student: tf.Tensor2D;
  teacher: tf.Tensor2D;
  /** 1 where the student's view was weakly augmented, `[batch]`: only then its memory takes it in. */
  weak: tf.Tensor1D;
  /** The mean of the teacher's logits, `[1, prototypes]`. */
  center: tf.Tensor2D;
};

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

/** What embeddings give to the buffers. */
export function intake(
  student: Pick<Embeddings, "patchMean">,
  teacher: Pick<Embeddings, "instance" | "localGroup" | "group" | "patchMean">,
  weak: tf.Tensor1D,
): Intake {
  const [batch] = weak.shape;
  return {
    instance: teacher.instance,
    localGroup: teacher.localGroup,
    student: student.patchMean.slice(0, batch),
    teacher: teacher.patchMean.slice(0, batch),
    weak,
    center: teacher.group.mean(0, true),
  };
}

/** The buffers after a step. */
export function nextBuffers(
  { memories, queues, center }: Buffers,
  taken: Intake,
  { memoryPointer: pointer, centerMomentum }: Pick<MugsConfig, "memoryPointer" | "centerMomentum">,
): Buffers {
  return {
    memories: {
      student: remember(memories.student, taken.student, { weak: taken.weak, pointer }),
      teacher: remember(memories.teacher, taken.teacher, { pointer }),
    },
    queues: {
      instance: enqueue(queues.instance, taken.instance),
      localGroup: enqueue(queues.localGroup, taken.localGroup),
    },
    center: nextCenter(center, taken.center, centerMomentum),
  };
}
