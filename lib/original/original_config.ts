import { type MugsConfig, vitSmall100 } from "../configs/mod.ts";
import type { VitSizes } from "../models/mod.ts";

/** What holds for a continued run where the arguments of the original program say nothing. */
export const originalBase: Readonly<MugsConfig> = vitSmall100;

/** What the original's command line calls the fields that mean the same here. */
const renamed = {
  dropPath: "drop_path_rate",
  headOut: "instance_out_dim",
  localGroupOut: "local_group_out_dim",
  bottleneck: "group_bottleneck_dim",
  prototypes: "group_out_dim",
  batchNormInHead: "use_bn_in_head",
  normBeforePredictor: "norm_before_pred",
  normLastLayer: "norm_last_layer",
  instanceQueue: "instance_queue_size",
  localGroupQueue: "local_group_queue_size",
  neighbors: "local_group_knn_top_n",
  instanceTemperature: "instance_temp",
  localGroupTemperature: "local_group_temp",
  studentTemperature: "group_student_temp",
  lossWeights: "loss_weights",
  globalScale: "global_crops_scale",
  localScale: "local_crops_scale",
  localCrops: "local_crops_number",
  sharedCrops: "vanilla_weak_augmentation",
  erasing: "re_prob",
  optimizer: "optimizer",
  learningRate: "lr",
  minLearningRate: "min_lr",
  warmup: "warmup_epochs",
  weightDecay: "weight_decay",
  weightDecayEnd: "weight_decay_end",
  patchEmbedRate: "patch_embed_lr_mult",
  clipGradient: "clip_grad",
  freezeLastLayer: "freeze_last_layer",
  teacherMomentum: "momentum_teacher",
  teacherTemperature: "group_teacher_temp",
  warmupTeacherTemperature: "group_warmup_teacher_temp",
  teacherTemperatureWarmup: "group_warmup_teacher_temp_epochs",
  epochs: "epochs",
  seed: "seed",
} as const satisfies Partial<Record<keyof MugsConfig, string>>;

/** The arguments of the original program, by their names. */
export type OriginalArguments = ReadonlyMap<string, unknown>;

/** What a checkpoint of the original tells beside its arguments. */
export type OriginalSizes = {
  /** Of the student's backbone. */
  sizes: VitSizes;
  /** The shape of one of the other tensors, by our names. */
  shape(name: string): number[];
};

/**
 * The configuration that repeats a run of the original program, as far as its arguments, the shapes
 * of its tensors and what its code fixes say it; of the weak augmentation, which has no arguments,
 * nothing.
 *
 * @param name What to call the checkpoint in errors.
 * @throws {TypeError} If an argument is missing, or asks for what is not here.
 */
export function originalConfig(
  args: OriginalArguments,
  { sizes, shape }: OriginalSizes,
  name = "the original",
): Partial<MugsConfig> {
  const refuse = (why: string): never => {
    throw new TypeError(`Cannot continue from ${name}: ${why}`);
  };
  const of = <T>(argument: string) =>
    args.has(argument)
      ? args.get(argument) as T
      : refuse(`the arguments of its program lack "${argument}"`);
  const policy = of<string>("timm_auto_augment_par");
  // Of the other arguments, `strong_ratio` changes nothing: no operation of "inc1" moves by a
  // number of pixels.
  if (of("color_aug") === true) {
    refuse("its program ran with --color_aug, which jitters strong crops, too; that is not here");
  }
  const same = Object.entries(renamed).map(([field, name]) => [field, of(name)]);
  return {
    ...Object.fromEntries(same) as Partial<MugsConfig>,
    ...sizes,
    arch: architectures.includes(of("arch")) ? of<string>("arch") : "custom",
    headHidden: shape("student.instance_head.projector.0.weight")[0],
    predictorHidden: shape("student.instance_head.predictor.0.weight")[0],
    memory: shape("student_mem.block.queue_q")[0],
    lossSum: "reference",
    memoryPointer: "reference",
    centerMomentum: 0.9,
    globalSize: sizes.imageSize,
    localSize: of<number[]>("size_crops")[0],
    // The help of `--prob` says the share of strong crops; its program augments this share weakly.
    strongShare: 1 - of<number>("prob"),
    // Its prefetcher normalizes a batch when noise is in it already.
    erasingNoise: of("use_prefetcher") ? "pixels" : "input",
    randAugment: randAugment(policy) ?? refuse(`its program augmented by "${policy}"`),
    learningRateBatch: 256,
    batchSize: of<number>("batch_size_per_gpu") * of<number>("world_size"),
    steps: null,
    // Its program does so where the epoch, counted from 0, is above 100.
    tightenClip: of("arch") === "vit_large" ? 101 : null,
  };
}

const architectures = ["vit_tiny", "vit_small", "vit_base", "vit_large"];

/**
 * Magnitude and deviation in timm's words, such as `rand-m9-mstd0.5-inc1`; `null` for other words.
 */
function randAugment(policy: string): [number, number] | null {
  const [, magnitude, deviation] = /^rand-m([\d.]+)-mstd([\d.]+)-inc1$/.exec(policy) ?? [];
  return magnitude ? [Number(magnitude), Number(deviation)] : null;
}
