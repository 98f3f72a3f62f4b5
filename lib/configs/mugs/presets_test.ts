import { assert, assertEquals } from "@std/assert";
import { architectures, initVit } from "../../models/mod.ts";
import { permittedTest } from "../../testing/permitted.ts";
import { mugsHeadings } from "./headings.ts";
import { mugsPresets } from "./presets.ts";
import { scaled } from "./rules.ts";

type Constants = Record<string, unknown> & { drop_path_rate: number };

/**
 * The official constants: the stored copy, and the original where it lies beside the repository.
 */
async function protocols(): Promise<{ common: Constants; runs: Constants[] }[]> {
  const copy = new URL("testdata/pretraining.json", import.meta.url);
  const original = new URL("../../../../shared/protocols/protocols.json", import.meta.url);
  const texts = [await Deno.readTextFile(copy)];
  await Deno.readTextFile(original).then((text) => texts.push(text), () => {});
  return texts.map((text) => JSON.parse(text).pretraining);
}

/** What a preset must hold, by the constants of its run. */
// deno-lint-ignore no-explicit-any
function expected(run: any) {
  const { strong_augment: strong } = run;
  const [magnitude, deviation] = strong.policy.match(/^rand-m([\d.]+)-mstd([\d.]+)-inc1$/).slice(1);
  const tight = run.clip_grad_note?.match(/^divided by 10 after epoch (\d+)$/);
  const { norm_last_layer: norm } = run;
  return {
    preset: run.name,
    arch: run.arch,
    ...architectures[run.arch as keyof typeof architectures],
    patchSize: run.patch_size,
    batchSize: run.global_batch ?? run.global_batch_exact,
    epochs: run.epochs,
    seed: run.seed,
    precision: run.use_fp16 ? "float16" : "float32",
    instanceQueue: run.instance_queue_size,
    localGroupQueue: run.local_group_queue_size,
    memory: run.local_group_queue_size,
    headOut: run.instance_out_dim,
    localGroupOut: run.local_group_out_dim === run.instance_out_dim
      ? null
      : run.local_group_out_dim,
    instanceTemperature: run.instance_temp,
    localGroupTemperature: run.local_group_temp,
    neighbors: run.local_group_knn_top_n,
    prototypes: run.group_out_dim,
    bottleneck: run.group_bottleneck_dim,
    studentTemperature: run.group_student_temp,
    warmupTeacherTemperature: run.group_warmup_teacher_temp,
    teacherTemperature: run.group_teacher_temp,
    teacherTemperatureWarmup: run.group_warmup_teacher_temp_epochs,
    centerMomentum: run.center_momentum,
    lossWeights: run.loss_weights,
    batchNormInHead: run.use_bn_in_head,
    normBeforePredictor: run.norm_before_pred,
    normLastLayer: typeof norm === "object" ? norm["pretraining.sh"] : norm,
    headHidden: run.head_hidden,
    predictorHidden: run.head_pred_hidden,
    dropPath: run.drop_path_rate,
    optimizer: run.optimizer,
    adamBetas: run.adam_betas,
    adamEpsilon: run.adam_eps,
    learningRate: run.lr,
    learningRateBatch: Number(run.lr_rule.match(/^lr \* global_batch \/ (\d+)$/)[1]),
    minLearningRate: run.min_lr,
    warmup: run.warmup_epochs,
    weightDecay: run.weight_decay,
    weightDecayEnd: run.weight_decay_end,
    patchEmbedRate: run.patch_embed_lr_mult,
    clipGradient: run.clip_grad,
    tightenClip: tight ? Number(tight[1]) + 1 : null,
    freezeLastLayer: run.freeze_last_layer,
    teacherMomentum: run.momentum_teacher[0],
    localCrops: run.local_crops_number,
    localSize: run.local_crop_size,
    globalScale: run.global_crops_scale,
    localScale: run.local_crops_scale,
    strongShare: 1 - strong.prob_weak,
    randAugment: [Number(magnitude), Number(deviation)],
    erasing: strong.reprob,
  };
}

permittedTest("official presets hold every constant of the release", ["read"], async () => {
  for (const { common, runs } of await protocols()) {
    assertEquals(runs.length, 5);
    for (const run of runs) {
      const constants = { ...common, ...run };
      const preset = mugsPresets[run.name as string];
      assert(preset, `${run.name} is a preset`);
      const values = expected(constants);
      const entries = Object.keys(values).map((
        name,
      ) => [name, preset[name as keyof typeof preset]]);
      assertEquals(Object.fromEntries(entries), values);
      // What is no field: the views are two large ones each, the teacher's momentum ends at 1,
      // erasing is by pixels without change of color, and images are 224 pixels.
      assertEquals([constants.global_crops, constants.momentum_teacher], [2, [0.996, 1]]);
      assertEquals([preset.imageSize, preset.globalSize, preset.sharedCrops], [224, 224, false]);
    }
  }
});

Deno.test("every preset has a head, and its architecture has the sizes of its name", () => {
  for (const preset of Object.values(mugsPresets)) {
    const { source, score, cost } = mugsHeadings[preset.preset]!;
    assert(source && score && cost);
    const { width, depth, heads, mlpRatio, arch } = preset;
    const sizes = architectures[arch as keyof typeof architectures];
    if (arch !== "custom") assertEquals({ width, depth, heads, mlpRatio }, sizes);
  }
  const names = Object.values(mugsPresets).map(({ preset }) => preset);
  assertEquals(new Set(names), new Set(Object.keys(mugsHeadings)));
  assert(scaled.every((name) => mugsPresets[name]));
});

Deno.test("every preset describes a network that can be made", async () => {
  const { initNetwork } = await import("../../methods/mugs/network.ts");
  const { Random } = await import("../../random/mod.ts");
  const tf = await import("@tensorflow/tfjs");
  await tf.setBackend("cpu");
  const narrow = { width: 8, heads: 2, prototypes: 8, headHidden: 8, predictorHidden: 8 };
  for (const preset of Object.values(mugsPresets)) {
    const config = { ...preset, ...narrow, depth: 1 };
    tf.tidy(() => {
      const network = initNetwork(config, new Random(0));
      // Three linear layers in a projector, with two normalizations between them if requested, and
      // two in a predictor, as in the release.
      const count = (of: object = {}) => Object.keys(of).length;
      const { projector, predictor } = network.instance_head;
      assertEquals([count(projector), count(predictor)], [config.batchNormInHead ? 5 : 3, 2]);
      assertEquals(initVit(config, new Random(0)).blocks.length, 1);
    });
  }
});
