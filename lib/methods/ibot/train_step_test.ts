import * as tf from "@tensorflow/tfjs";
import { type IbotConfig, recipes } from "../../configs/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import {
  backboneOf,
  type OfficialRun,
  officialSteps,
  teacherTraining,
} from "../../testing/official_run.ts";
import type { IbotState } from "./state.ts";
import { classLogits } from "./head.ts";
import { classesOf, forward, tokensOf } from "./passes.ts";

/** A run by the official arguments; its views and masks are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args, same_tensor } = g.json;
  const [globalSize, , localSize = globalSize] = args.sizes;
  const config: IbotConfig = {
    ...recipes.ibot.presets.tiny!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init.student.backbone."),
    dropPath: 0,
    batchSize: args.batch,
    epochs: args.epochs,
    globalSize,
    localSize,
    localCrops: args.sizes.length - 2,
    headHidden: args.hidden_dim,
    bottleneck: args.bottleneck_dim,
    prototypes: args.out_dim,
    patchPrototypes: args.patch_out_dim,
    sharedHead: args.shared_head,
    normLastLayer: args.norm_last_layer,
    classWeight: args.lambda1,
    patchWeight: args.lambda2,
    maskStart: args.pred_start_epoch,
    ...teacherTraining(args),
    patchTeacherTemperature: args.teacher_patch_temp,
    warmupPatchTeacherTemperature: args.warmup_teacher_patch_temp,
    teacherTemperatureWarmup: args.warmup_teacher_temp_epochs,
  };
  const crops = (t: number, from: number, count: number) =>
    tf.concat(
      Array.from({ length: count }, (_, i) => g.picture(`it${t}.crop${from + i}.base_u8`)),
    );
  const masks = (t: number) => {
    const views = [0, 1].map((view) => g.tensor(`it${t}.crop${view}.mask`).toFloat());
    return tf.concat(views).reshape<tf.Tensor2D>([2 * args.batch, -1]);
  };
  return {
    config,
    stepsPerEpoch: args.niter,
    official: (name) => name === "patchCenter" ? "center2" : name,
    repeated: (stored) => repeatedName(same_tensor, stored),
    numbers: ({ wd: [weightDecay], ...recorded }) => ({
      weightDecay,
      momentum: recorded.teacher_momentum,
      teacherTemperature: recorded.teacher_temp,
      patchTeacherTemperature: recorded.teacher_temp2,
    }),
    losses: ({ cls, patch, loss }) => ({ classes: cls, patches: patch, total: loss }),
    outputs: (state, { global, local }) => {
      const { student, teacher } = state.learner as IbotState["learner"];
      const seen = forward({ images: global!.images }, teacher, { config });
      const masked = forward(global!, student, { config });
      const small = local && classesOf(tokensOf(local, student, { config }));
      return {
        "teacher_out.cls": seen.classes,
        "teacher_out.patch": seen.patches,
        "student_out.cls": masked.classes,
        "student_out.patch": masked.patches,
        ...small && { "student_out.local_cls": classLogits(small, student.head) },
      };
    },
    batch: (t) => ({
      global: { images: crops(t, 0, 2), patchMasks: masks(t) },
      ...config.localCrops && { local: { images: crops(t, 2, config.localCrops) } },
    }),
  };
}

/** The first name of a tensor that stands in two places of the file. */
function repeatedName(pairs: [first: string, second: string][], stored: string): string {
  for (const [first, second] of pairs) {
    if (stored.endsWith(second)) return stored.slice(0, -second.length) + first;
  }
  return stored;
}

officialSteps("methods/ibot/train_step", repeat, {
  files: "train_step*.safetensors",
  normTolerance: "grad_norms",
});
