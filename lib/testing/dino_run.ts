import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { type DinoConfig, recipes } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import type { DinoState } from "../methods/dino/state.ts";
import { methodOf, type StepNumbers } from "../methods/mod.ts";
import { measureResnet } from "../models/resnet/measure.ts";
import { initState, lengthOf, type State } from "../pretraining/mod.ts";
import { flatten, type Tree, unflatten } from "../tree/mod.ts";
import { shapeLines } from "./differentiate.ts";
import { teacherTraining } from "./official_run.ts";
import type { Golden } from "./goldens.ts";

/** A recorded run of DINO's official program, ready to be repeated. */
export type DinoRun = {
  config: DinoConfig;
  state: State<DinoState>;
  numbers(step: number): StepNumbers;
  batch(step: number): Batch;
};

/** A run as its file tells it: configuration, state before the first step, schedules, batches. */
export function dinoRun(g: Golden): DinoRun {
  const config = configOf(g);
  const length = lengthOf(config, g.json.config.niter * config.batchSize);
  const views = (t: number, from: number, count: number) => ({
    images: tf.concat(
      Array.from({ length: count }, (_, i) => g.picture(`it${t}.crop${from + i}.base_u8`)),
    ),
  });
  return {
    config,
    state: stateOf(g, config),
    numbers: methodOf(config).schedules(config, length),
    batch: (t) => ({
      global: views(t, 0, 2),
      ...config.localCrops && { local: views(t, 2, config.localCrops) },
    }),
  };
}

/** The configuration of the official arguments; the views are stored, so their making is left. */
function configOf(g: Golden): DinoConfig {
  const { config: args } = g.json;
  const { vit, sizes: [globalSize, , localSize = globalSize] } = args;
  const backbone = vit
    ? {
      imageSize: vit.img_size[0],
      patchSize: vit.patch_size,
      width: vit.embed_dim,
      depth: vit.depth,
      heads: vit.num_heads,
      mlpRatio: vit.mlp_ratio ?? 4,
    }
    : { resnet: measureResnet(shapesBelow(g, "init.student.backbone."), g.set) };
  return {
    ...recipes.dino.presets.tiny!,
    preset: "golden",
    precision: "float32",
    ...backbone,
    dropPath: 0,
    batchSize: args.batch,
    epochs: args.epochs,
    globalSize,
    localSize,
    localCrops: args.sizes.length - 2,
    headHidden: args.hidden_dim,
    bottleneck: args.bottleneck_dim,
    prototypes: args.out_dim,
    batchNormInHead: args.use_bn,
    normLastLayer: args.norm_last_layer,
    studentTemperature: args.student_temp ?? 0.1,
    centerMomentum: args.center_momentum ?? 0.9,
    ...teacherTraining(args),
    teacherTemperatureWarmup: args.warmup_teacher_temp_epochs,
  };
}

function shapesBelow(g: Golden, prefix: string): Record<string, number[]> {
  const names = g.names.filter((name) => name.startsWith(prefix));
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length), g.shape(name)]));
}

/** The official state before the first step, which has the tensors that ours would have. */
function stateOf(g: Golden, config: DinoConfig): State<DinoState> {
  const fresh = initState(config) as State<DinoState>;
  const [student, teacher] = ["student", "teacher"].map((who) =>
    unflatten<Tree>(g.below(`init.${who}.`))
  );
  const learner = { student, teacher } as DinoState["learner"];
  assertEquals(shapeLines(flatten(fresh.learner)), shapeLines(flatten(learner)));
  return { ...fresh, learner, buffers: { center: g.tensor("init.center") as tf.Tensor2D } };
}
