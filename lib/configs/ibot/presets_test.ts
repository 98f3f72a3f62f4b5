import { assertEquals, assertThrows } from "@std/assert";
import { publishedRuns } from "../../testing/published_runs.ts";
import { checkIbot } from "./check.ts";
import type { IbotConfig } from "./config.ts";
import { ibotHeadings } from "./headings.ts";
import { ibotPresets } from "./presets.ts";
import { ibotTiny } from "./tiny.ts";

/** The official names of what a configuration holds under the same meaning. */
const renamed: Record<string, (config: IbotConfig) => unknown> = {
  global_batch: ({ batchSize }) => batchSize,
  epochs: ({ epochs }) => epochs,
  teacher_temp: ({ teacherTemperature }) => teacherTemperature,
  warmup_teacher_temp: ({ warmupTeacherTemperature }) => warmupTeacherTemperature,
  warmup_teacher_temp_epochs: ({ teacherTemperatureWarmup }) => teacherTemperatureWarmup,
  teacher_patch_temp: ({ patchTeacherTemperature }) => patchTeacherTemperature,
  warmup_teacher_patch_temp: ({ warmupPatchTeacherTemperature }) => warmupPatchTeacherTemperature,
  norm_last_layer: ({ normLastLayer }) => normLastLayer,
  freeze_last_layer: ({ freezeLastLayer }) => freezeLastLayer,
  shared_head: ({ sharedHead }) => sharedHead,
  out_dim: ({ prototypes }) => prototypes,
  patch_out_dim: ({ patchPrototypes }) => patchPrototypes,
  local_crops_number: ({ localCrops }) => localCrops,
  global_crops_scale: ({ globalScale }) => globalScale,
  local_crops_scale: ({ localScale }) => localScale,
  pred_ratio: ({ maskRatios }) => maskRatios,
  pred_ratio_var: ({ maskVariances }) => maskVariances,
  mask: ({ maskShape }) => maskShape,
  pred_start_epoch: ({ maskStart }) => maskStart,
  lr: ({ learningRate }) => learningRate,
  min_lr: ({ minLearningRate }) => minLearningRate,
  warmup_epochs: ({ warmup }) => warmup,
  weight_decay: ({ weightDecay }) => weightDecay,
  weight_decay_end: ({ weightDecayEnd }) => weightDecayEnd,
  momentum_teacher: ({ teacherMomentum }) => [teacherMomentum, 1],
  clip_grad: ({ clipGradient }) => clipGradient,
  drop_path: ({ dropPath }) => dropPath,
  lambda1: ({ classWeight }) => classWeight,
  lambda2: ({ patchWeight }) => patchWeight,
  student_temp: ({ studentTemperature }) => studentTemperature,
  center_momentum: ({ centerMomentum }) => centerMomentum,
  center_momentum2: ({ patchCenterMomentum }) => patchCenterMomentum,
  optimizer: ({ optimizer }) => optimizer,
  head: ({ headLayers, headHidden, bottleneck }) => ({
    layers: headLayers,
    hidden: headHidden,
    bottleneck,
  }),
};

publishedRuns("ibot", "presets of iBOT hold what is known of the published runs", (runs) => {
  for (const run of runs) {
    const preset = ibotPresets[`${run.arch}_${run.epochs}ep`]!;
    const { stated, default: defaults = {}, third_party = {}, recalled = {} } = run;
    const values = { ...defaults, ...recalled, ...third_party, ...stated };
    for (const [name, value] of Object.entries(values)) {
      const ours = renamed[name];
      if (ours) assertEquals([run.arch, name, ours(preset)], [run.arch, name, value]);
    }
  }
});

Deno.test("every preset of iBOT has a heading, under its own name, and fits together", () => {
  const presets = Object.values(ibotPresets);
  const names = [...new Set(presets.map(({ preset }) => preset))];
  assertEquals(names.sort(), Object.keys(ibotHeadings).sort());
  for (const preset of presets) checkIbot(preset);
});

Deno.test("checkIbot() refuses masks and heads that do not fit together", () => {
  const refused = (changes: Partial<IbotConfig>) => () => checkIbot({ ...ibotTiny, ...changes });
  assertThrows(refused({ maskVariances: [0.1, 0.2] }), RangeError, "--mask-variances 0.1");
  assertThrows(refused({ patchPrototypes: 7 }), RangeError, "--patch-prototypes");
});
