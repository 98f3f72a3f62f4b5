import * as tf from "@tensorflow/tfjs";
import { recipes, type SimclrConfig } from "../../configs/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import { backboneOf, type OfficialRun, officialSteps } from "../../testing/official_run.ts";
import type { ProjectedNetwork } from "../two_views.ts";
import { forward } from "./passes.ts";

/** What the official program calls a tensor; it does not count batches. */
function officialName(name: string): string | null {
  if (name.endsWith(".num_batches_tracked")) return null;
  return name.replace(/^student\./, "")
    .replace(/^backbone\./, "")
    .replace(/^head\.(\d+)\./, (_, position) => {
      const layer = Math.floor(Number(position) / 3);
      return `projector.${layer}.${Number(position) % 3 === 0 ? "linear" : "bn"}.`;
    });
}

/** A run by the official arguments; its views are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args } = g.json;
  const config: SimclrConfig = {
    ...recipes.simclr.presets.tiny_resnet!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init."),
    batchSize: args.B,
    epochs: args.epochs,
    globalSize: args.S,
    projectorLayers: args.num_proj_layers,
    headOut: args.out,
    temperature: args.T,
    optimizer: "lars_simclr",
    learningRate: args.scaling === "sqrt" ? args.lr : args.lr * args.B / 256,
    learningRateBatch: null,
    rootRate: args.scaling === "sqrt",
    minLearningRate: 0,
    warmup: args.warm,
    weightDecay: args.wd,
    weightDecayEnd: args.wd,
  };
  // The official network takes pixels from 0 to 1.
  const view = (t: number, i: number) => g.fractions(`it${t}.view${i}.pixels_u8`);
  return {
    config,
    stepsPerEpoch: args.its,
    official: officialName,
    outputs: ({ learner }, { large }) => ({
      projection: forward(large!, learner.student as ProjectedNetwork, { config }).projections,
    }),
    batch: (t) => ({ large: { images: tf.concat([view(t, 1), view(t, 2)]) } }),
  };
}

officialSteps("methods/simclr/train_step", repeat);
