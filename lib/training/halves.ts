import type * as tf from "@tensorflow/tfjs";
import { recompute } from "../compile/mod.ts";
import {
  type Embeddings,
  forward,
  type Health,
  health,
  type Losses,
  losses,
  type NetworkBuffers,
  type SomeViews,
  targetsOf,
} from "../methods/mod.ts";
import type { Named } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { gradientsOf } from "./gradient.ts";
import type { Now } from "./now.ts";
import { learnedOf, type State } from "./state.ts";

/** How the work of one pass is laid out; the result is the same but for rounding. */
export type Layout = {
  /** Independent chains of operations into which the backbones' work is cut; see `forward` of `methods`. */
  chains?: number;
  /** Whether the insides of the student's blocks are computed anew for the gradients, not kept: less memory, a third more work. */
  recompute?: boolean;
};

/** What a teacher tells of images. */
export type Lesson = {
  teacher: Pick<Embeddings, "instance" | "localGroup" | "group" | "patchMean">;
  /** Its assignments to the prototypes. */
  targets: tf.Tensor2D;
  health: Health;
  /** Next running statistics of its heads. */
  statistics: NetworkBuffers;
};

/** What the teacher tells of its views `[2 * batch, size, size, 3]`. */
export function teach(
  { teacher: network, memories, center }: Pick<State, "teacher" | "memories" | "center">,
  images: tf.Tensor4D,
  { now, config, chains }: Layout & {
    now: Pick<Now, "teacherTemperature">;
    config: PretrainConfig;
  },
): Lesson {
  const [{ classTokens, ...teacher }, statistics] = forward([images], network, {
    memory: memories.teacher,
    config,
    chains,
  });
  const targets = targetsOf(teacher, { center, temperature: now.teacherTemperature });
  return { teacher, targets, health: health(classTokens, targets), statistics };
}

/** Views of a student: groups of images of one size each, and the masks of stochastic depth for each of them. */
export type StudentViews = {
  groups: tf.Tensor4D[];
  masks: tf.Tensor3D[];
  /** Which of its views they are; by default all. */
  views?: SomeViews;
};

/** What a student learns from some of its views. */
export type Learned = {
  gradients: Named;
  losses: Losses;
  /** Next running statistics of its heads. */
  statistics: NetworkBuffers;
  /** Mean patch tokens of its first group of views, `[views * batch, width]`. */
  patchMean: tf.Tensor2D;
};

/** The gradients of the student's losses on some of its views, or all. */
export function learn(
  { student: network, memories, queues }: Pick<State, "student" | "memories" | "queues">,
  { groups, masks, views }: StudentViews,
  { lesson: { teacher, targets }, config, chains, ...layout }: Layout & {
    lesson: { teacher: Pick<Embeddings, "instance" | "localGroup">; targets: tf.Tensor2D };
    config: PretrainConfig;
  },
): Learned {
  const { gradients, found } = gradientsOf(() => {
    const [student, statistics] = forward(groups, network, {
      memory: memories.student,
      config,
      masks,
      chains,
      recompute: layout.recompute ? recompute : undefined,
    });
    const found = losses(student, teacher, { queues, targets, config, views });
    const { patchMean } = student;
    return { loss: found.total, found: { losses: found, patchMean, statistics } };
  }, learnedOf(network, config));
  return { gradients, ...found };
}
