import * as tf from "@tensorflow/tfjs";
import { type InfoMinConfig, recipes } from "../../configs/mod.ts";
import { contrastLogits } from "../../objectives/mod.ts";
import type { Golden } from "../../testing/goldens.ts";
import { backboneOf, type OfficialRun, officialSteps } from "../../testing/official_run.ts";
import { groupFeatures } from "../backbone.ts";
import { instanceHead } from "./heads.ts";
import type { InfoMinState } from "./network.ts";
import { forward } from "./passes.ts";

/** What the official program calls a tensor. */
function officialName(name: string): string {
  if (name === "keys.queue") return "memory";
  if (name === "keys.queue_ptr") return "index";
  return name.replace(/^student\./, "model.")
    .replace(/^teacher\./, "model_ema.")
    .replace(".backbone.", ".encoder.");
}

/**
 * The images of a step in the order in which their keys enter the queue: that of the official
 * teacher's batch, which is shuffled.
 */
const shuffleOf = (g: Golden, t: number) => g.tensor(`it${t}.shuffle_bn`).toInt() as tf.Tensor1D;

/** The patches of a step in their random order, patch after patch as a batch has them. */
function patchesOf(g: Golden, t: number): tf.Tensor4D {
  const patches = g.picture(`it${t}.jigsaw.base_u8`); // image after image
  const order = g.tensor(`it${t}.shuffle_jigsaw`).toInt();
  const [batch, count] = order.shape as [number, number];
  const first = tf.range(0, batch * count, count, "int32").expandDims(1);
  const rows = order.add(first).gather(shuffleOf(g, t));
  return patches.gather(rows.transpose().reshape<tf.Tensor1D>([-1]));
}

/** A run by the official arguments; its views are stored, so their making is left. */
function repeat(g: Golden): OfficialRun {
  const { config: args } = g.json;
  const config: InfoMinConfig = {
    ...recipes.info_min.presets.tiny_resnet!,
    preset: "golden",
    precision: "float32",
    ...backboneOf(g, "init.model.encoder."),
    batchSize: args.B,
    epochs: args.epochs,
    globalSize: args.S,
    jigsawPatch: args.SJ,
    headOut: args.feat,
    queue: args.K,
    temperature: args.T,
    jigsawShare: args.beta,
    optimizer: "sgd",
    learningRate: args.lr,
    learningRateBatch: null,
    minLearningRate: args.lr * args.lr_decay_rate ** 3,
    warmup: 0,
    weightDecay: args.weight_decay,
    weightDecayEnd: args.weight_decay,
    teacherMomentum: args.alpha,
  };
  return {
    config,
    stepsPerEpoch: args.its,
    official: officialName,
    fresh: ["keys.queue_ptr"],
    read: (name) => name.endsWith(".memory") ? g.tensor(name).transpose() : null,
    derived: ({ memory, index, ...named }) => ({
      ...named,
      memory: memory!.transpose(),
      index: index!,
    }),
    losses: ({ loss, loss_instance, loss_jigsaw }) => ({
      total: loss,
      instance: loss_instance,
      jigsaw: loss_jigsaw,
    }),
    outputs: ({ learner, buffers }, { query, key, jigsaw }) => {
      const { student, teacher } = learner as InfoMinState["learner"];
      const { keys: { queue } } = buffers as InfoMinState["buffers"];
      const output = forward([query!, jigsaw!], student, { config });
      const [features] = groupFeatures([key!], teacher.backbone, { config });
      const keys = instanceHead(features, teacher.head);
      const { temperature } = config;
      const logits = (queries: tf.Tensor2D) =>
        contrastLogits(queries, keys, { queue, temperature });
      return {
        query: output.query,
        query_jigsaw: output.jigsaw,
        key: keys,
        logits: logits(output.query),
        logits_jigsaw: logits(output.jigsaw),
      };
    },
    rows: (t) => {
      const places = Array.from(shuffleOf(g, t).dataSync());
      return tf.tensor1d(places.map((_, i) => places.indexOf(i)), "int32");
    },
    batch: (t) => ({
      query: { images: g.picture(`it${t}.view1.base_u8`).gather(shuffleOf(g, t)) },
      key: { images: g.picture(`it${t}.view2.base_u8`).gather(shuffleOf(g, t)) },
      jigsaw: { images: patchesOf(g, t) },
    }),
  };
}

officialSteps("methods/info_min/train_step", repeat);
