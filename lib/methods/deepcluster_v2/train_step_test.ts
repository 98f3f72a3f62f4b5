import * as tf from "@tensorflow/tfjs";
import { assertGreater } from "@std/assert";
import { type DeepclusterV2Config, recipes } from "../../configs/mod.ts";
import type { Batch, BatchViews } from "../../datasets/mod.ts";
import { compileSurvey, now as nowOf, type State } from "../../pretraining/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import { backboneOf, type OfficialRun, officialSteps } from "../../testing/official_run.ts";
import { flatten, unflatten } from "../../tree/mod.ts";
import type { Network } from "../method.ts";
import { cluster } from "./clusters.ts";
import type { ClusterBuffers } from "./memory.ts";
import { deepclusterV2 } from "./mod.ts";
import { forward } from "./passes.ts";
import type { DeepclusterV2State } from "./state.ts";

/** A run by the official arguments; its views are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args } = g.json;
  const [large, small = 0] = args.crops;
  const stepsPerEpoch = Math.floor(args.N / args.B);
  const config: DeepclusterV2Config = {
    ...recipes.deepcluster_v2.presets.tiny!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init."),
    batchSize: args.B,
    epochs: args.epochs,
    globalSize: args.sizes[0],
    localSize: args.sizes[1] ?? 32,
    localCrops: small,
    headHidden: args.hidden,
    headOut: args.feat,
    clusters: args.protos,
    temperature: args.T,
    kMeansIterations: args.kmeans_iterations,
    memoryViews: args.crops_for_assign,
    optimizer: "larc",
    learningRate: args.base_lr,
    learningRateBatch: null,
    minLearningRate: args.final_lr,
    warmup: args.warm,
    warmupRate: args.start,
    weightDecay: args.wd,
    weightDecayEnd: args.wd,
    freezeLastLayer: args.freeze / stepsPerEpoch,
  };
  const crops = (prefix: string, from: number, count: number) => {
    const names = Array.from({ length: count }, (_, i) => `${prefix}.crop${from + i}.base_u8`);
    return tf.concat(names.map((name) => g.picture(name)));
  };
  const global = (prefix: string) => ({
    images: crops(prefix, 0, large),
    rows: g.tensor(`${prefix}.index`).toInt() as tf.Tensor1D,
  });
  const batch = (t: number): Batch => ({
    global: global(`it${t}`),
    ...small > 0 && { local: { images: crops(`it${t}`, large, small) } },
  });
  return {
    config,
    images: args.N,
    stepsPerEpoch,
    fresh: ["memory", "index", "assignments"],
    official: (name) =>
      /^student\./.test(name) ? name.replace(/^student\.(backbone\.)?/, "") : null,
    outputs: ({ learner }, batch) => {
      const groups = ["global", "local"].flatMap((name) => batch[name] ?? []);
      const { student } = learner as DeepclusterV2State["learner"];
      const { embeddings, scores } = forward(groups, student, { config });
      const byName = scores.map((scores, set) => [`scores${set}`, scores]);
      return { embedding: embeddings, ...Object.fromEntries(byName) };
    },
    batch,
    before(state, t) {
      if (t % stepsPerEpoch > 0) return state;
      const last = t === 0 ? filled(g, state, { config, stepsPerEpoch, global }) : state;
      return clustered(g, last, { config, epoch: t / stepsPerEpoch });
    },
    after(state, t) {
      if ((t + 1) % stepsPerEpoch > 0) return;
      const { memory, index } = state.buffers as DeepclusterV2State["buffers"];
      const prefix = `epoch${(t + 1) / stepsPerEpoch - 1}.memory_after`;
      g.near(memory, `${prefix}.embeddings`);
      g.near(index, `${prefix}.index`);
    },
  };
}

type Filling = {
  config: DeepclusterV2Config;
  stepsPerEpoch: number;
  /** The large views of a batch of the file. */
  global(prefix: string): BatchViews;
};

/** The state after the pass over all images that fills the memory. */
function filled(g: Golden, state: State, { config, stepsPerEpoch, global }: Filling): State {
  const length = { steps: config.epochs * stepsPerEpoch, stepsPerEpoch };
  const numbers = deepclusterV2.schedules(config, length);
  using survey = compileSurvey(config);
  for (let i = 0; i < stepsPerEpoch; i++) {
    const now = nowOf(numbers(i), i, config);
    state = survey(state, { global: global(`memory${i}`) }, now.numbers);
  }
  const { learner: { student }, buffers: { memory, index } } = state as State<DeepclusterV2State>;
  g.near(memory, "memory.embeddings");
  g.near(index, "memory.index");
  const { backbone, ...head } = student;
  const named = flatten({ ...backbone, ...head });
  const statistics = Object.keys(g.below("memory.after."));
  assertGreater(statistics.length, 0);
  for (const name of statistics) g.near(named[name]!, `memory.after.${name}`);
  return state;
}

/** The state after clustering from the rows that the official program drew. */
function clustered(
  g: Golden,
  { learner, buffers, ...rest }: State,
  { config, epoch }: { config: DeepclusterV2Config; epoch: number },
): State {
  const first = config.clusters.map((_, set) =>
    Array.from(g.values(`epoch${epoch}.head${set}.initial_rows`))
  );
  const changes = cluster(buffers as ClusterBuffers, first, config);
  g.near(changes.buffers.assignments, `epoch${epoch}.assignments`);
  for (const [set, centroids] of Object.values(changes.student).entries()) {
    g.near(centroids, `epoch${epoch}.prototypes${set}`);
  }
  const student = unflatten<Network>({ ...flatten(learner.student), ...changes.student });
  return { ...rest, learner: { student }, buffers: changes.buffers };
}

officialSteps("methods/deepcluster_v2/train_step", repeat, { kinks: true });
