import * as tf from "@tensorflow/tfjs";
import { type MocoV3Config, recipes } from "../../configs/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import { trainByView } from "../by_view.ts";
import type { MocoV3State } from "./network.ts";
import { headOptions, projectTwoViews } from "../two_views.ts";
import { backboneOf, type OfficialRun, officialSteps } from "../../testing/official_run.ts";

/** What the official program calls a tensor; a residual network's projector is its classifier. */
function officialName(name: string, resnet: boolean): string {
  return name.replace(/^student\.predictor\./, "predictor.")
    .replace(/\.head\./, resnet ? ".fc." : ".head.")
    .replace(/^student\.(backbone\.)?/, "base_encoder.")
    .replace(/^teacher\.(backbone\.)?/, "momentum_encoder.");
}

/** A run by the official arguments; its views are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args } = g.json;
  const config: MocoV3Config = {
    ...recipes.moco_v3.presets.tiny!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init.base_encoder."),
    projectorLayers: args.vit ? 3 : 2,
    normAfterPredictor: args.vit !== undefined,
    batchSize: args.batch,
    epochs: args.epochs,
    globalSize: args.size,
    headHidden: args.mlp_dim,
    headOut: args.dim,
    temperature: args.T,
    risingMomentum: args.moco_m_cos,
    frozenPatches: args.stop_grad_conv1,
    optimizer: args.optimizer,
    learningRate: args.lr,
    learningRateBatch: 256,
    warmup: args.warmup_epochs,
    weightDecay: args.weight_decay,
    weightDecayEnd: args.weight_decay,
    teacherMomentum: args.moco_m,
  };
  const crop = (t: number, view: number) => g.picture(`it${t}.crop${view}.base_u8`);
  return {
    config,
    stepsPerEpoch: args.niter,
    official: (name) => officialName(name, !args.vit),
    numbers: ({ moco_m, wd: [weightDecay] }) => ({ keyMomentum: moco_m, weightDecay }),
    outputs: (state, { large }) => {
      const { student, teacher } = state.learner as MocoV3State["learner"];
      const { projections } = projectTwoViews(large!, student, { config });
      const queries = trainByView(projections, student.predictor, headOptions)[0];
      const { projections: keys } = projectTwoViews(large!, teacher, { config });
      const outputs = { projection: projections, q: queries, k: keys };
      return Object.fromEntries(
        Object.entries(outputs).flatMap(([name, rows]) =>
          tf.split(rows, 2).map((view, i) => [`${name}${i + 1}`, view])
        ),
      );
    },
    batch: (t) => ({ large: { images: tf.concat([crop(t, 0), crop(t, 1)]) } }),
  };
}

officialSteps("methods/moco_v3/train_step", repeat, {
  files: "train_step*.safetensors",
  normTolerance: "grad_norms",
});
