import * as tf from "@tensorflow/tfjs";
import { recipes, type SwavConfig } from "../../configs/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import { backboneOf, type OfficialRun, officialSteps } from "../../testing/official_run.ts";
import { assignments } from "./assignments.ts";
import { forward } from "./passes.ts";
import type { SwavState } from "./state.ts";

/** A run by the official arguments; its views are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args, queue_length: queue } = g.json;
  const [large, small] = args.nmb_crops;
  const config: SwavConfig = {
    ...recipes.swav.presets.tiny!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init."),
    batchSize: args.batch,
    epochs: args.epochs,
    globalSize: args.size_crops[0],
    localSize: args.size_crops[1],
    localCrops: small,
    headHidden: args.hidden_mlp,
    headOut: args.feat_dim,
    prototypes: args.nmb_prototypes,
    temperature: args.temperature,
    epsilon: args.epsilon,
    sinkhornIterations: args.sinkhorn_iterations,
    queue,
    queueStart: args.epoch_queue_starts,
    optimizer: args.optimizer === "adamw" ? "adamw" : "larc",
    learningRate: args.base_lr,
    learningRateBatch: null,
    minLearningRate: args.final_lr,
    warmup: args.warmup_epochs,
    warmupRate: args.start_warmup,
    weightDecay: args.wd,
    weightDecayEnd: args.wd,
    freezeLastLayer: args.freeze_prototypes_niters / args.niter,
  };
  const crops = (t: number, from: number, count: number) => ({
    images: tf.concat(
      Array.from({ length: count }, (_, i) => g.picture(`it${t}.crop${from + i}.base_u8`)),
    ),
  });
  return {
    config,
    stepsPerEpoch: args.niter,
    fresh: ["queue"],
    official: (name) => {
      const official = name.replace(/^student\./, "");
      return args.vit ? official : official.replace(/^backbone\./, "");
    },
    numbers: ({ wd: [weightDecay] }) => ({ weightDecay }),
    outputs: ({ learner, buffers }, batch) => {
      const { student } = learner as SwavState["learner"];
      const { queue } = buffers as SwavState["buffers"];
      const groups = ["global", "local"].flatMap((name) => batch[name] ?? []);
      const { embeddings, scores } = forward(groups, student, { config });
      const { weight } = student.prototypes;
      const { epsilon, sinkhornIterations: iterations } = config;
      const [assignments0, assignments1] = tf.split(
        assignments(scores.slice([0], [large * args.batch]), weight, {
          epsilon,
          iterations,
          queue,
        }),
        2,
      );
      return {
        embedding: embeddings,
        scores,
        prototypes_normalized: weight,
        assignments0: assignments0!,
        assignments1: assignments1!,
      };
    },
    batch: (t) => ({
      global: crops(t, 0, large),
      ...small > 0 && { local: crops(t, large, small) },
    }),
  };
}

officialSteps("methods/swav/train_step", repeat, {
  files: "train_step*.safetensors",
  normTolerance: "grad_norms",
});
