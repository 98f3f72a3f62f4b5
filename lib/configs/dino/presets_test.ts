import { assert, assertEquals } from "@std/assert";
import { architectures, resnets } from "../../models/mod.ts";
import { permittedTest } from "../../testing/permitted.ts";
import type { DinoConfig } from "./config.ts";
import { dinoHeadings } from "./headings.ts";
import { dinoPresets } from "./presets.ts";

/** What a run of `methods_vit.json` says, by the kind of its source. */
type Run = {
  arch: string;
  epochs: number;
  patch?: number;
  published: Record<string, unknown>;
  stated: Record<string, unknown>;
  default?: Record<string, unknown>;
  recalled?: Record<string, unknown>;
};

/** Published runs: the stored copy, and the original where it lies beside the repository. */
async function published(): Promise<Run[][]> {
  const copy = new URL("testdata/dino.json", import.meta.url);
  const original = new URL("../../../../shared/protocols/methods_vit.json", import.meta.url);
  const texts = [await Deno.readTextFile(copy)];
  await Deno.readTextFile(original).then((text) => texts.push(text), () => {});
  return texts.map((text) =>
    JSON.parse(text).runs.filter(({ method = "dino" }) => method === "dino")
  );
}

/** The official names of what a configuration holds under the same meaning. */
const renamed: Record<string, (config: DinoConfig) => unknown> = {
  patch_size: ({ patchSize }) => patchSize,
  out_dim: ({ prototypes }) => prototypes,
  momentum_teacher: ({ teacherMomentum }) => [teacherMomentum, 1],
  warmup_teacher_temp: ({ warmupTeacherTemperature }) => warmupTeacherTemperature,
  warmup_teacher_temp_epochs: ({ teacherTemperatureWarmup }) => teacherTemperatureWarmup,
  teacher_temp: ({ teacherTemperature }) => teacherTemperature,
  student_temp: ({ studentTemperature }) => studentTemperature,
  center_momentum: ({ centerMomentum }) => centerMomentum,
  weight_decay: ({ weightDecay }) => weightDecay,
  weight_decay_end: ({ weightDecayEnd }) => weightDecayEnd,
  warmup_epochs: ({ warmup }) => warmup,
  drop_path_rate: ({ dropPath }) => dropPath,
  global_batch: ({ batchSize }) => batchSize,
  lr: ({ learningRate }) => learningRate,
  min_lr: ({ minLearningRate }) => minLearningRate,
  norm_last_layer: ({ normLastLayer }) => normLastLayer,
  freeze_last_layer: ({ freezeLastLayer }) => freezeLastLayer,
  clip_grad: ({ clipGradient }) => clipGradient,
  use_bn_in_head: ({ batchNormInHead }) => batchNormInHead,
  optimizer: ({ optimizer }) => optimizer,
  global_crops_scale: ({ globalScale }) => globalScale,
  local_crops_scale: ({ localScale }) => localScale,
  local_crops_number: ({ localCrops }) => localCrops,
  epochs: ({ epochs }) => epochs,
  head: ({ headLayers, headHidden, bottleneck }) => ({
    layers: headLayers,
    hidden: headHidden,
    bottleneck,
    gelu: true,
  }),
  lr_rule: ({ learningRateBatch }) => `lr * global_batch / ${learningRateBatch}`,
};

/** What no preset holds: how images were shared among GPUs, or what the code fixes. */
const elsewhere = ["gpus", "batch_per_gpu", "use_fp16", "lr_schedule", "sgd_momentum"];

permittedTest("the presets of DINO have the published values", ["read"], async () => {
  for (const runs of await published()) {
    for (const run of runs) {
      const name = `${run.arch}_${run.epochs}ep`;
      const config = dinoPresets[name];
      assert(config, name);
      assertEquals([config.arch, config.preset], [run.arch, name]);
      for (const values of [run.default, run.recalled, run.stated]) {
        for (const [key, value] of Object.entries(values ?? {})) {
          if (elsewhere.includes(key)) continue;
          assert(renamed[key], `${name}: ${key} is unknown`);
          assertEquals(renamed[key](config), value, `${name}: ${key}`);
        }
      }
      const { source, score } = dinoHeadings[name]!;
      assertEquals(source.includes("recalled"), run.recalled !== undefined, name);
      for (const metric of ["linear", "knn"]) {
        const value = run.published[metric] as number | undefined;
        assert(value === undefined || score.includes(value.toFixed(1)), `${name}: ${score}`);
      }
    }
  }
});

Deno.test("the presets of DINO have the sizes of their architecture", () => {
  for (const config of Object.values(dinoPresets).filter(({ arch }) => arch !== "custom")) {
    const { arch, resnet, width, depth, heads, mlpRatio } = config;
    if (resnet) assertEquals<unknown>(resnet, resnets[arch as keyof typeof resnets]);
    else {
      const sizes = architectures[arch as keyof typeof architectures];
      assertEquals({ width, depth, heads, mlpRatio }, { ...sizes });
    }
  }
});

Deno.test("every preset of DINO has a heading", () => {
  assertEquals(
    new Set(Object.values(dinoPresets).map(({ preset }) => preset)),
    new Set(Object.keys(dinoHeadings)),
  );
});
