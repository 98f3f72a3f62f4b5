import { assertEquals } from "@std/assert";
import type { Config } from "./mod.ts";
import { recipes } from "./recipes.ts";

const url = new URL("../../../shared/protocols/methods_resnet.json", import.meta.url);
const text = read(url);

/** What the official programs of a method state for every run, by our names. */
const stated: Record<string, (common: Fact) => Record<string, unknown>> = {
  simsiam: ({ learning_rate, weight_decay }) => ({
    learningRate: learning_rate.base,
    learningRateBatch: 256,
    weightDecay: weight_decay,
    optimizer: "sgd",
    warmup: 0,
  }),
  info_min: ({ learning_rate, weight_decay, queue, temperature, momentum_encoder, beta }) => ({
    learningRate: learning_rate.base,
    minLearningRate: Number((learning_rate.base * 0.1 ** 3).toPrecision(6)),
    batchSize: learning_rate.batch,
    weightDecay: weight_decay,
    queue,
    temperature,
    teacherMomentum: momentum_encoder,
    jigsawShare: beta,
    optimizer: "sgd",
  }),
  simclr: ({ learning_rate, weight_decay, temperature, projection }) => ({
    learningRate: learning_rate.base,
    rootRate: learning_rate.scaling === "sqrt",
    warmup: learning_rate.warmup_epochs,
    weightDecay: weight_decay,
    temperature,
    projectorLayers: projection.layers_v2_default,
    headOut: projection.out,
    optimizer: "lars_simclr",
  }),
  deepcluster_v2: ({ learning_rate, weight_decay, temperature, ...common }) => ({
    learningRate: learning_rate.base,
    learningRateBatch: null,
    minLearningRate: learning_rate.final,
    warmup: learning_rate.warmup_epochs,
    warmupRate: learning_rate.start,
    weightDecay: weight_decay,
    weightDecayEnd: weight_decay,
    temperature,
    headHidden: common.hidden,
    headOut: common.feature,
    clusters: common.prototypes,
    memoryViews: common.crops_for_assign,
    kMeansIterations: common.kmeans_iterations,
    optimizer: "larc",
  }),
  byol: () => ({ learningRateBatch: 256, warmup: 10, optimizer: "lars", batchSize: 4096 }),
};

/** The sizes and scales of a run's own views, by our names; the second ones are small. */
function cropsOf({ crops: [, small = 0], sizes, min_scale, max_scale }: Fact) {
  const scale = (group: number) => [min_scale[group], max_scale[group]];
  return {
    globalSize: sizes[0],
    globalScale: scale(0),
    localCrops: small,
    ...small > 0 && { localSize: sizes[1], localScale: scale(1) },
  };
}

/** How the official programs make views, by our names. */
function viewsOf({ crop, flip, jitter, color, grayscale, blur }: Fact): Record<string, unknown> {
  const change = jitter ?? color;
  return {
    ...crop && { globalScale: crop.scale ?? crop.area, globalSize: crop.size },
    flip,
    jitter: change.probability ?? change.jitter_probability,
    jitterStrength: [change.brightness, change.contrast, change.saturation, change.hue],
    grayscale: grayscale.probability ?? grayscale,
    ...blur.probability && { blur: blur.probability },
  };
}

Deno.test({
  name: text
    ? "presets of ResNet-50 hold what the official programs state"
    : "presets of ResNet-50 hold what the official programs state (needs ../shared/protocols)",
  ignore: !text,
  fn: () => {
    const document = JSON.parse(text!);
    for (const [method, valuesOf] of Object.entries(stated)) {
      const { common, augment, presets = {} } = document[method];
      const recipe = recipes[method as keyof typeof recipes];
      for (const preset of Object.values<Config>(recipe.presets)) {
        if (!preset.preset.startsWith("resnet50")) continue;
        const run = document[method][preset.preset];
        const byEpochs = presets[preset.epochs];
        const expected = {
          ...valuesOf(common),
          ...viewsOf(augment),
          ...run && { epochs: run.epochs, batchSize: run.batch },
          ...run?.crops && cropsOf(run),
          ...byEpochs && {
            learningRate: byEpochs.learning_rate_base,
            weightDecay: byEpochs.weight_decay,
            teacherMomentum: byEpochs.ema,
          },
        };
        const names = Object.keys(expected) as (keyof Config)[];
        assertEquals(
          {
            preset: preset.preset,
            ...Object.fromEntries(names.map((name) => [name, preset[name]])),
          },
          { preset: preset.preset, ...expected } as Record<string, unknown>,
          method,
        );
      }
    }
  },
});

// deno-lint-ignore no-explicit-any
type Fact = any;

function read(path: URL): string | null {
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return null;
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return null;
  }
}
