import * as tf from "@tensorflow/tfjs";
import { assert } from "@std/assert";
import type { Vit } from "../../models/mod.ts";
import { type Linear, resizePositions } from "../../nn/mod.ts";
import { clipTogether } from "../../optim/mod.ts";
import { type Golden, golden, type GoldenOptions, type Runner } from "../../testing/goldens.ts";
import { nearAll, nearGroups } from "../../testing/near_classifier.ts";
import {
  batchOf,
  imagesOf,
  maskOf,
  networkBelow,
  setupOf,
} from "../../testing/recorded_classifier.ts";
import { flatten, type Named } from "../../tree/mod.ts";
import { meanScore, scoreBatch } from "./classifier_score.ts";
import { scaled } from "./head.ts";
import { type ClassifierNetwork, classifyImages } from "./network.ts";
import { classifierSchedule } from "./schedule.ts";
import { type ClassifierState, classifierState, withScaledBlocks } from "./state.ts";
import { applyClassifier, classifierGradients, type ClassifierNow } from "./step.ts";

/** Evaluates as the original does after an epoch, and compares. */
function nearEvaluation(
  g: Golden,
  { model, epoch, classified }: {
    model: ClassifierNetwork;
    epoch: number;
    classified: (images: tf.Tensor4D, model: ClassifierNetwork) => tf.Tensor2D;
  },
): void {
  const images = imagesOf(g, "val"), labels = g.tensor("val.labels") as tf.Tensor1D;
  const [count] = images.shape, size = Math.trunc(1.5 * g.json.config.batch);
  const parts = Array.from({ length: Math.ceil(count / size) }, (_, i) => {
    const from = i * size, length = Math.min(size, count - from);
    return {
      logits: classified(images.slice([from], [length]), model),
      labels: labels.slice(from, length),
    };
  });
  const name = `eval${epoch}.logits`; // recorded of some epochs
  if (g.names.includes(name)) g.near(tf.concat(parts.map(({ logits }) => logits)), name);
  const { top1, top5, loss } = meanScore(parts.map(scoreBatch));
  const { acc1, acc5, loss: officialLoss } = g.json.evaluations[epoch];
  g.nearNumbers([top1], [acc1], { name: "acc1" });
  g.nearNumbers([top5], [acc5], { name: "acc5" });
  g.nearNumbers([loss], [officialLoss], { name: "loss" });
}

function replay(g: Golden, run: Runner): void {
  const setup = setupOf(g);
  const { iterations, config: { iterations_per_epoch: stepsPerEpoch } } = g.json;
  const numbers = classifierSchedule(setup.config, { steps: iterations.length, stepsPerEpoch });
  const learn = run((
    model: ClassifierNetwork,
    batch: ReturnType<typeof batchOf>,
    now: ClassifierNow,
  ) => classifierGradients(model, batch, { setup, ...now }));
  const move = run((state: ClassifierState, gradients: Named, now: ClassifierNow) =>
    applyClassifier(state, { gradients, statistics: {} }, { now, setup }) as unknown as [
      ClassifierState,
      { gradientNorm: tf.Scalar },
    ]
  );
  const classified = run((images: tf.Tensor4D, model: ClassifierNetwork) =>
    classifyImages(images, model, setup.backbone)
  );
  const train = imagesOf(g, "train");
  let state = classifierState(networkBelow(g, "init."), setup);
  for (const [t, official] of iterations.entries()) {
    const batch = batchOf(g, train, t);
    const { rate, weightDecay } = numbers(t);
    nearGroups(g, { t, rate, weightDecay, setup });
    const mask = maskOf(g, t);
    const now = {
      ...{ rate: tf.scalar(rate), weightDecay: tf.scalar(weightDecay) },
      ...mask && { mask },
    };
    if (g.names.includes(`it${t}.input`)) {
      g.near(batch.images.transpose([0, 3, 1, 2]), `it${t}.input`);
    }
    g.near(batch.targets, `it${t}.targets`);
    const lesson = learn(state.model, batch, now);
    g.near(lesson.logits, `it${t}.logits`);
    g.nearNumbers(lesson.loss.dataSync(), [official.loss], { name: "loss" });
    if (t === 0) nearAll(g, lesson.gradients, "it0.grad.");
    const [next, facts] = move(state, lesson.gradients, now);
    if (official.grad_norm !== undefined) {
      g.nearNumbers(facts.gradientNorm.dataSync(), [official.grad_norm], { name: "grad_norm" });
    }
    state = next;
    for (const kind of ["after", "ema"] as const) {
      const prefix = `it${t}.${kind}.`;
      if (!g.names.some((name) => name.startsWith(prefix))) continue;
      nearAll(g, kind === "ema" ? state.average! : flatten(state.model), prefix);
    }
    if ((t + 1) % stepsPerEpoch === 0) {
      nearEvaluation(g, { model: state.model, epoch: (t + 1) / stepsPerEpoch - 1, classified });
    }
  }
}

const whole = "training and evaluation are the official ones from the first iteration to the last";
const replayed: GoldenOptions = { compiled: true, backends: ["tensorflow"] };
golden("downstream/fine_tune", whole, replay, replayed);
golden("downstream/semi_fine_tune", whole, replay, replayed);
golden("downstream/transfer", whole, replay, replayed);

golden("downstream/fine_tune", "a new network is scaled as the original's is", (g) => {
  const names = g.names.filter((name) => name.startsWith("fresh.before."));
  assert(names.length > 0);
  const before = networkBelow(g, "fresh.before.");
  const empty = { weight: tf.zeros([1]), bias: tf.zeros([1]) };
  const vit = before.backbone as Vit;
  const whole = {
    ...vit,
    blocks: vit.blocks.map(({ attn, mlp }) => ({
      attn: { ...attn, qkv: empty },
      mlp: { ...mlp, fc1: empty },
    })),
  };
  const after = {
    backbone: withScaledBlocks(whole as unknown as Vit),
    head: scaled(before.head as Linear, g.json.config.init_scale),
  };
  nearAll(g, flatten(after), "fresh.after.");
});

golden("downstream/fine_tune", "positions of another grid are resized by size", (g) => {
  const { ckpt_size, size, patch } = g.json.config;
  const name = "checkpoint.pos_embed";
  const positions = g.tensor(g.names.includes(name) ? name : "init.pos_embed") as tf.Tensor3D;
  const side = size / patch;
  const resized = resizePositions(positions, [side, side], { surplus: 0 });
  if (ckpt_size !== size) {
    const scaled = resizePositions(positions, [side, side]).sub(resized).abs().max().dataSync()[0]!;
    assert(scaled > 1e-4, "by scale they are others");
  }
  g.near(resized, "init.pos_embed");
});

golden("downstream/fine_tune", "gradients are clipped together", (g) => {
  if (g.json.config.clip === null) return;
  const [clipped] = clipTogether(g.below("it0.grad."), g.json.config.clip);
  for (const [name, tensor] of Object.entries(clipped)) {
    g.near(tensor, `it0.grad_after_clip.${name}`);
  }
});
