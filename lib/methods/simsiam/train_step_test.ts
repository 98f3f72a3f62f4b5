import * as tf from "@tensorflow/tfjs";
import { recipes, type SimsiamConfig } from "../../configs/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import { backboneOf, type OfficialRun, officialSteps } from "../../testing/official_run.ts";
import { trainByView } from "../by_view.ts";
import { halves, headOptions, projectTwoViews } from "../two_views.ts";
import type { SimsiamState } from "./network.ts";

/** What the official program calls a tensor: the projector is its network's classifier. */
function officialName(name: string): string {
  return name.replace(/^student\./, "")
    .replace(/^head\./, "encoder.fc.")
    .replace(/^backbone\./, "encoder.");
}

/** A run by the official arguments; its views are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args } = g.json;
  const config: SimsiamConfig = {
    ...recipes.simsiam.presets.tiny_resnet!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init.encoder."),
    batchSize: args.B,
    epochs: args.epochs,
    globalSize: args.S,
    headOut: args.dim,
    predictorHidden: args.pred,
    constantPredictorRate: args.fix,
    optimizer: "sgd",
    learningRate: args.lr,
    learningRateBatch: 256,
    minLearningRate: 0,
    warmup: 0,
    weightDecay: args.weight_decay,
    weightDecayEnd: args.weight_decay,
  };
  const view = (t: number, i: number) => g.picture(`it${t}.view${i}.base_u8`);
  return {
    config,
    stepsPerEpoch: args.its,
    official: officialName,
    numbers: ({ lr, weight_decay: [weightDecay] }) => ({
      weightDecay,
      ...args.fix && { constantRate: lr[1] },
    }),
    outputs: (state, { large }) => {
      const { student } = state.learner as SimsiamState["learner"];
      const { projections } = projectTwoViews(large!, student, { config });
      const predictions = trainByView(projections, student.predictor, headOptions)[0];
      const [z1, z2] = halves(projections), [p1, p2] = halves(predictions);
      return { z1, z2, p1, p2 };
    },
    batch: (t) => ({ large: { images: tf.concat([view(t, 1), view(t, 2)]) } }),
  };
}

officialSteps("methods/simsiam/train_step", repeat, { files: "train_step*.safetensors" });
