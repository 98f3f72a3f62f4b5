import * as tf from "@tensorflow/tfjs";
import type { IbotConfig } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { normTokens, type Tokens } from "../../models/mod.ts";
import { patchLoss, softAssignment } from "../../objectives/mod.ts";
import {
  type BackbonePassOptions,
  encodeGroups,
  groupFeatures,
  type ImageGroup,
} from "../backbone.ts";
import { dinoLoss } from "../dino/losses.ts";
import type { Learned, LearnOptions, Lesson, StudentViews, TeachOptions } from "../method.ts";
import { assignmentSigns, featureSpread } from "../signs.ts";
import { classLogits, ibotHead, type TokenLogits } from "./head.ts";
import type { IbotNetwork } from "./network.ts";
import type { IbotState } from "./state.ts";

/** The normalized tokens of a group of images, `[images, 1 + patches, width]`. */
export function tokensOf(
  group: ImageGroup,
  { backbone }: IbotNetwork,
  options: BackbonePassOptions,
): Tokens {
  const parts = encodeGroups([group], backbone, options).flat().map((x) => normTokens(x, backbone));
  return parts.length === 1 ? parts[0]! : tf.concat(parts);
}

/** A network's logits of class tokens and patches. */
export function forward(
  group: ImageGroup,
  network: IbotNetwork,
  options: BackbonePassOptions,
): TokenLogits {
  return ibotHead(tokensOf(group, network, options), network.head);
}

/** The class tokens among tokens, `[images, width]`. */
export function classesOf(tokens: Tokens): tf.Tensor2D {
  const [images, , width] = tokens.shape;
  return tokens.slice([0, 0, 0], [-1, 1, -1]).reshape([images, width]);
}

/** The teacher's pass over the large views, of which nothing is masked. */
export function teach(
  { learner: { teacher }, buffers }: IbotState,
  { global: views }: Batch,
  { numbers, config, ...layout }: TeachOptions<IbotConfig>,
): Lesson {
  const tokens = tokensOf({ images: views!.images }, teacher, { config, ...layout });
  const { classes, patches } = ibotHead(tokens, teacher.head);
  const rows = patches.reshape<tf.Tensor2D>([-1, patches.shape[2]]);
  const center = buffers.patchCenter.squeeze([0]);
  const assignments = softAssignment(classes, buffers.center, numbers.teacherTemperature!);
  const patchAssignments = softAssignment(rows, center, numbers.patchTeacherTemperature!);
  return {
    targets: { classes: assignments, patches: patchAssignments.reshape(patches.shape) },
    intake: { center: classes.mean(0, true), patchCenter: rows.mean(0, true) },
    signs: { spread: featureSpread(classesOf(tokens)), ...assignmentSigns(assignments) },
    statistics: {},
  };
}

/** The student's pass over its views, or some of them; parts of the large ones are masked. */
export function learn(
  { learner: { student } }: IbotState,
  { groups: { global, local }, range }: StudentViews,
  { targets, numbers, config, ...layout }: LearnOptions<IbotConfig>,
): Learned {
  const options = { config, ...layout };
  const { studentTemperature: temperature, classWeight, patchWeight } = config;
  const masks = global?.patchMasks?.mul<tf.Tensor2D>(numbers.masking!);
  const large = global && forward({ ...global, patchMasks: masks }, student, options);
  const small = local &&
    classLogits(groupFeatures([local], student.backbone, options)[0], student.head);
  const logits = [large?.classes, small].filter((rows) => rows !== undefined);
  const classes = dinoLoss(tf.concat(logits), (targets as Targets).classes, {
    temperature,
    views: range,
  }).mul<tf.Scalar>(classWeight);
  const patches = large
    ? patchesLoss(large.patches, targets as Targets, { masks, temperature, first: range?.first })
      .mul<tf.Scalar>(patchWeight)
    : nothing(student);
  return {
    losses: { classes, patches, total: classes.add(patches) },
    intake: {},
    statistics: {},
  };
}

/** What the student is compared with: the teacher's assignments of the two large views. */
type Targets = { classes: tf.Tensor2D; patches: tf.Tensor3D };

/** The loss of the patches of large views from the first given one on: their part of the mean. */
function patchesLoss(
  logits: tf.Tensor3D,
  { patches }: Targets,
  { masks, temperature, first = 0 }: { masks?: tf.Tensor2D; temperature: number; first?: number },
): tf.Scalar {
  const [rows, count] = logits.shape;
  const [all] = patches.shape;
  const targets = patches.slice<tf.Tensor3D>([first * all / 2], [rows]);
  const loss = patchLoss(logits, targets, { masks: masks ?? tf.zeros([rows, count]), temperature });
  return loss.mul(rows / all);
}

/**
 * The loss of patches where there are only small views: 0, but as a function of what serves masked
 * patches alone, which so has a gradient of zeros in every chunk of views.
 */
function nothing({ backbone, head }: IbotNetwork): tf.Scalar {
  const unused = [backbone.masked_embed, ...Object.values(head.last_layer2 ?? {})];
  const sums = unused.filter((tensor) => tensor !== undefined).map((tensor) => tensor.sum());
  return tf.addN(sums).mul(0);
}

/** The assignment of images to the prototypes, `[images, prototypes]`, as at the end of a run. */
export function assign(
  { learner: { teacher }, buffers }: IbotState,
  images: tf.Tensor4D,
  config: IbotConfig,
): tf.Tensor2D {
  const logits = classLogits(classesOf(tokensOf({ images }, teacher, { config })), teacher.head);
  return softAssignment(logits, buffers.center, config.teacherTemperature);
}
