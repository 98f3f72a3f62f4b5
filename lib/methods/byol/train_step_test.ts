import * as tf from "@tensorflow/tfjs";
import { type ByolConfig, recipes } from "../../configs/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import { backboneOf, type OfficialRun, officialSteps } from "../../testing/official_run.ts";
import { halves } from "../two_views.ts";
import type { ByolState } from "./network.ts";
import { forward } from "./passes.ts";

/** What the official program calls a tensor; a normalization counts its batches twice there. */
function officialName(name: string): string {
  return name.replace(/^student\./, "online.")
    .replace(/^teacher\./, "target.")
    .replace(".backbone.", ".")
    .replace(".head.", ".projector.")
    .replace(/\.running_(mean|var)$/, ".$1_average")
    .replace(/\.num_batches_tracked$/, ".mean_counter");
}

/** The share of the batches in an average from zero, after `count` of them. */
const shareOf = (count: tf.Tensor) => tf.sub(1, tf.pow(0.9, count.toFloat()));

/** A run by the official arguments; its views are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args } = g.json;
  const config: ByolConfig = {
    ...recipes.byol.presets.tiny_resnet!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init.online."),
    batchSize: args.B,
    epochs: args.max_steps,
    globalSize: args.S,
    headHidden: args.hid,
    predictorHidden: args.phid,
    headOut: args.out,
    classes: args.classes,
    optimizer: "lars",
    learningRate: args.lr,
    learningRateBatch: 256,
    minLearningRate: 0,
    warmup: args.warm,
    weightDecay: args.wd,
    weightDecayEnd: args.wd,
    teacherMomentum: args.ema,
  };
  const view = (t: number, i: number) => g.normalized(`it${t}.view${i}.pixels_u8`);
  return {
    config,
    stepsPerEpoch: 1,
    official: officialName,
    // The file has averages from zero, ours have their bias taken out.
    read: (name) => {
      if (!name.startsWith("init.") || !name.endsWith("_average")) return null;
      const counter = g.tensor(name.replace(/_average$/, "_counter"));
      const hidden = g.tensor(name.replace(/_average$/, "_hidden"));
      return counter.dataSync()[0] === 0 ? hidden : hidden.div(shareOf(counter));
    },
    derived: (named) =>
      Object.fromEntries(
        Object.entries(named).flatMap(([name, tensor]) => {
          if (name.endsWith(".mean_counter")) {
            return [[name, tensor], [name.replace("mean_counter", "var_counter"), tensor]];
          }
          if (!name.endsWith("_average")) return [[name, tensor]];
          const counter = named[name.replace(/(mean|var)_average$/, "mean_counter")]!;
          return [
            [name, tensor],
            [name.replace(/_average$/, "_hidden"), tensor.mul(shareOf(counter))],
          ];
        }),
      ),
    numbers: ({ tau }) => ({ momentum: tau }),
    losses: ({ loss, repr_loss, classif_loss }) => ({
      total: loss,
      representation: repr_loss,
      classification: classif_loss,
    }),
    outputs: (state, { large }) => {
      const { student, teacher } = state.learner as ByolState["learner"];
      const online = forward(large!, student, { config });
      const target = forward(large!, teacher, { config });
      const outputs = {
        "online.projection": online.projections,
        "online.prediction": online.predictions,
        "target.projection": target.projections,
      };
      return Object.fromEntries(
        Object.entries(outputs).flatMap(([name, rows]) =>
          halves(rows).map((view, i) => [`${name}_view${i + 1}`, view])
        ),
      );
    },
    batch: (t) => ({
      large: {
        images: tf.concat([view(t, 1), view(t, 2)]),
        labels: g.tensor(`it${t}.labels`) as tf.Tensor1D,
      },
    }),
  };
}

officialSteps("methods/byol/train_step", repeat);
