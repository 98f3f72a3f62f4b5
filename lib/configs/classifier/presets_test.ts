import { assert, assertEquals, assertThrows } from "@std/assert";
import { permittedTest } from "../../testing/permitted.ts";
import type { ClassifierConfig } from "./config.ts";
import { classifierFields } from "./fields.ts";
import { classifierPresets, configureClassifier } from "./presets.ts";

/** The official numbers: the stored copy, and the original where it lies beside the repository. */
// deno-lint-ignore no-explicit-any
async function official(): Promise<any[]> {
  const copy = new URL("testdata/protocols.json", import.meta.url);
  const original = new URL("../../../../shared/protocols/protocols.json", import.meta.url);
  const texts = [await Deno.readTextFile(copy)];
  await Deno.readTextFile(original).then((text) => texts.push(text), () => {});
  return texts.map((text) => JSON.parse(text));
}

/** What all official protocols say of how images are shown. */
type Augment = {
  timm_create_transform: { scale: number[]; hflip: number; re_prob: number; auto_augment: string };
  mixup: number;
  cutmix: number;
  switch_prob: number;
  label_smoothing: number;
};

function assertImages(config: Readonly<ClassifierConfig>, augment: Augment): void {
  const { timm_create_transform: views, mixup, cutmix, switch_prob, label_smoothing } = augment;
  const [magnitude, deviation] = config.randAugment;
  assertEquals(views.auto_augment, `rand-m${magnitude}-mstd${deviation}-inc1`);
  assertEquals([config.cropScale, config.flip], [views.scale, views.hflip]);
  assertEquals(config.erasing, views.re_prob);
  assertEquals([config.mixup, config.cutmix], [mixup, cutmix]);
  assertEquals([config.switchProbability, config.smoothing], [switch_prob, label_smoothing]);
  assertEquals(config.imageSize, 224);
}

type Scheduler = { warmup_epochs: number; warmup_lr: number; min_lr: number };

function assertSchedule(config: Readonly<ClassifierConfig>, scheduler: Scheduler): void {
  const { warmup, warmupRate, minLearningRate, rateChanges, learningRateBatch } = config;
  const { warmup_epochs, warmup_lr, min_lr } = scheduler;
  assertEquals([warmup, warmupRate, minLearningRate], [warmup_epochs, warmup_lr, min_lr]);
  assertEquals([rateChanges, learningRateBatch], ["epoch", 512]);
}

permittedTest("the presets of fine-tuning have the official values", ["read"], async () => {
  for (const { finetune: { common, runs } } of await official()) {
    for (const { model, ...run } of runs) {
      const config = classifierPresets["fine-tune"][model]!;
      assert(config, model);
      assertEquals(config.preset, model);
      assertEquals([config.epochs, config.warmup], [run.epochs, run.warmup_epochs]);
      assertEquals(config.batchSize, run.gpus * run.batch_per_gpu);
      assertEquals([config.learningRate, config.learningRateBatch], [run.lr, null]);
      assertEquals([config.layerDecay, config.dropPath], [run.layer_decay, run.drop_path]);
      assertEquals([config.weightDecay, config.weightDecayEnd], [
        common.weight_decay,
        common.weight_decay,
      ]);
      assertEquals(config.clipGradient || null, common.clip_grad);
      assertEquals([config.headScale, config.average], [common.head_init_scale, null]);
      assertEquals([config.rateChanges, config.evalFilter], ["step", "bilinear"]);
      assertImages(config, common.augment);
    }
  }
});

permittedTest("the presets of semi-supervised have the official values", ["read"], async () => {
  for (const { semi_supervised_finetune: run } of await official()) {
    for (const [preset, gpus] of [["1percent", "1%"], ["10percent", "10% (sh)"]] as const) {
      const config = classifierPresets["semi-supervised"][`vit_small_${preset}`]!;
      assertEquals(config.preset, `vit_small_${preset}`);
      assertEquals(config.batchSize, run.gpus[gpus] * run.batch_per_gpu);
      assertEquals([config.epochs, config.dropPath], [run.epochs, run.drop_path]);
      assertEquals([config.learningRate, config.weightDecay], [run.lr, run.weight_decay]);
      assertEquals([config.head, config.average], ["mlp", run.model_ema.decay]);
      assertSchedule(config, run.scheduler);
      assertImages(config, run.augment);
    }
  }
});

/** The names of the data sets in the presets. */
const sets: Record<string, string> = {
  CIFAR10: "cifar10",
  CIFAR100: "cifar100",
  iNaturalist2018: "inat18",
  iNaturalist2019: "inat19",
  Flowers102: "flowers",
  StanfordCars: "cars",
};

permittedTest("the presets of transfer have the official values", ["read"], async () => {
  for (const { transfer: { common, runs } } of await official()) {
    assertEquals(runs.length, Object.keys(classifierPresets.transfer).length - 1);
    for (const run of runs) {
      const name = `${run.arch}_${sets[run.dataset]}`;
      const config = classifierPresets.transfer[name]!;
      assert(config, name);
      assertEquals(config.preset, name);
      assertEquals(config.batchSize, run.gpus * run.batch_per_gpu);
      assertEquals([config.epochs, config.dropPath], [run.epochs, run.drop_path]);
      assertEquals(config.learningRate, run.lr_per_512, name);
      assertEquals([config.weightDecay, config.weightDecayEnd], [
        run.weight_decay,
        run.weight_decay,
      ]);
      assertEquals(config.average, parseFloat(common.model_ema));
      assertEquals([config.repeats, config.repeatRound, config.head], [3, 256, "linear"]);
      assertSchedule(config, common.scheduler);
      assertImages(config, { ...common.augment });
      assertEquals(config.erasing, run.reprob);
    }
  }
});

Deno.test("every preset has a value for every field, and is frozen", () => {
  for (const [protocol, presets] of Object.entries(classifierPresets)) {
    for (const [name, config] of Object.entries(presets)) {
      assertEquals(Object.keys(config).sort(), Object.keys(classifierFields).sort(), name);
      assertEquals([config.protocol, Object.isFrozen(config)], [protocol, true]);
    }
  }
});

Deno.test("configureClassifier() refuses an unknown preset, and a crop that ends before it begins", () => {
  assertThrows(
    () => configureClassifier("transfer", { preset: "huge" }),
    RangeError,
    'There is no preset "huge" of transfer: choose tiny, vit_small_cifar10',
  );
  assertThrows(
    () => configureClassifier("fine-tune", { overrides: { cropScale: [0.5, 0.1] } }),
    RangeError,
    "`cropScale` 0.5,0.1 begins above its end",
  );
});
