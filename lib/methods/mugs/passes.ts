import type * as tf from "@tensorflow/tfjs";
import type { MugsConfig } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { softAssignment } from "../../objectives/mod.ts";
import type { Learned, LearnOptions, Lesson, StudentViews, TeachOptions } from "../method.ts";
import { assignmentSigns, featureSpread } from "../signs.ts";
import { forward } from "./forward.ts";
import { losses } from "./losses.ts";
import type { MugsState } from "./state.ts";

/** What the student is compared with: the teacher's keys, and its assignments to the prototypes. */
type Targets = { instance: tf.Tensor2D; localGroup: tf.Tensor2D; group: tf.Tensor2D };

/** The teacher's pass over its views `[2 * batch, size, size, 3]`. */
export function teach(
  { learner, buffers }: MugsState,
  { teacher: views }: Batch,
  { numbers, config, ...layout }: TeachOptions<MugsConfig>,
): Lesson {
  const [embeddings, statistics] = forward([{ images: views!.images }], learner.teacher, {
    ...layout,
    memory: buffers.memories.teacher,
    config,
  });
  const { instance, localGroup, group: logits, patchMean } = embeddings;
  const group = softAssignment(logits, buffers.center, numbers.teacherTemperature!);
  const targets: Targets = { instance, localGroup, group };
  return {
    targets,
    intake: {
      instance,
      localGroup,
      teacher: patchMean.slice(0, patchMean.shape[0] / 2),
      center: logits.mean(0, true),
    },
    signs: { spread: featureSpread(embeddings.classTokens), ...assignmentSigns(group) },
    statistics,
  };
}

/** The student's pass over its views, or some of them. Its memory takes in the first one. */
export function learn(
  { learner, buffers }: MugsState,
  { groups, range }: StudentViews,
  { targets, numbers: _, config, ...layout }: LearnOptions<MugsConfig>,
): Learned {
  const [embeddings, statistics] = forward(Object.values(groups), learner.student, {
    ...layout,
    memory: buffers.memories.student,
    config,
  });
  const { instance, localGroup, group } = targets as Targets;
  const weak = groups.student?.weak;
  const isFirst = range === undefined || range.first === 0;
  const first = isFirst ? embeddings.patchMean.slice(0, group.shape[0] / 2) : null;
  return {
    losses: losses(embeddings, { instance, localGroup }, {
      queues: buffers.queues,
      targets: group,
      config,
      range,
    }),
    intake: first ? { student: first, ...weak && { weak: weak.clone() } } : {},
    statistics,
  };
}

/** The assignment of images to the prototypes, `[images, prototypes]`, as at the end of a run. */
export function assign(
  { learner, buffers }: MugsState,
  images: tf.Tensor4D,
  config: MugsConfig,
): tf.Tensor2D {
  const [{ group }] = forward([{ images }], learner.teacher, {
    memory: buffers.memories.teacher,
    config,
  });
  return softAssignment(group, buffers.center, config.teacherTemperature);
}
