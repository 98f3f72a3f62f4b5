import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { gridDecays, gridRates } from "../../configs/mod.ts";
import { lastBlocks, type Vit } from "../../models/mod.ts";
import { type Golden, golden, type Runner } from "../../testing/goldens.ts";
import { imagenetDeviation, imagenetMean } from "../../transforms/mod.ts";
import { unflatten } from "../../tree/mod.ts";
import {
  accuracy,
  crossEntropy,
  type LinearColumns,
  linearFeatures,
  linearGrid,
  type LinearInput,
  linearRates,
  type LinearRecipe,
  selectClassifier,
  stepLinear,
} from "../mod.ts";

const set = "downstream/linear_official";

/** Features of all images of a part, as a case sees them. */
function tokens(g: Golden, part: string): Parameters<typeof linearFeatures>[0] {
  const blocks = g.names.filter((name) => name.startsWith(`${part}.block`)).length / 2;
  const token = (i: number, name: string) => g.tensor(`${part}.block${i}.${name}`) as tf.Tensor2D;
  return {
    classTokens: Array.from({ length: blocks }, (_, i) => token(i, "cls")),
    patchMean: token(blocks - 1, "mean_patch"),
  };
}

golden(set, "tokens of all blocks are the official ones", (g, run) => {
  const { depth, heads } = g.json.config;
  const params = unflatten<Vit>(g.below("backbone."));
  const forward = run((images: tf.Tensor4D, p: Vit) =>
    lastBlocks(images, p, { heads, count: depth })
  );
  for (const part of ["train", "val"]) {
    const images = tf.transpose(g.tensor(`${part}.images_u8`), [0, 2, 3, 1]).div(255)
      .sub(imagenetMean).div<tf.Tensor4D>(imagenetDeviation);
    const { classTokens, patchMean } = forward(images, params);
    for (const [i, x] of classTokens.entries()) g.near(x, `${part}.block${i}.cls`);
    g.near(patchMean, `${part}.block${depth - 1}.mean_patch`);
  }
}, { compiled: true });

/** Weights `[classifiers, classes, width]` as columns, and back. */
function toColumns(weight: tf.Tensor, bias: tf.Tensor): LinearColumns {
  const [count, classes, width] = weight.shape.length === 2
    ? [1, ...weight.shape] as [number, number, number]
    : weight.shape as [number, number, number];
  const columns = weight.reshape<tf.Tensor2D>([count * classes, width]).transpose<tf.Tensor2D>();
  const flat = bias.reshape<tf.Tensor1D>([-1]);
  return {
    weight: columns,
    bias: flat,
    pushWeight: tf.zerosLike(columns),
    pushBias: tf.zerosLike(flat),
  };
}

const weightOf = ({ weight }: LinearColumns, shape: number[]) => weight.transpose().reshape(shape);

/** A step as `run` runs it. */
function stepper(run: Runner, recipes: readonly LinearRecipe[]) {
  return run((p: LinearColumns, input: LinearInput) => {
    const [next, losses] = stepLinear(p, input, recipes);
    return { next, losses };
  });
}

const rowsOf = (x: tf.Tensor, index: tf.Tensor) => tf.gather(x, index.toInt());

/** Accuracies and the plain mean of losses over batches, of which the last may be smaller. */
function evaluate(logits: tf.Tensor2D, labels: tf.Tensor1D, batch: number) {
  const [images, classes] = logits.shape;
  const losses: number[] = [];
  for (let first = 0; first < images; first += batch) {
    const size = Math.min(batch, images - first);
    const truth = tf.oneHot(labels.slice(first, size), classes).toFloat() as tf.Tensor2D;
    losses.push(crossEntropy(logits.slice([first, 0], [size, -1]), truth).dataSync()[0]!);
  }
  const { top1, top5 } = accuracy(logits, labels);
  return [top1, top5, losses.reduce((a, b) => a + b, 0) / losses.length] as const;
}

const views = { n2: "none", n1_avgpool: "interleaved" } as const;

for (const [name, patchMean] of Object.entries(views)) {
  golden(set, `every step and evaluation of ${name} is the official one`, (g, run) => {
    const { config, [name]: expected } = g.json;
    const { batch, epochs } = config;
    const view = { blocks: expected.n, patchMean } as const;
    const recipes = [{ rate: expected.lr, weightDecay: 0, optimizer: "sgd" as const }];
    const step = stepper(run, recipes);
    const [train, test] = ["train", "val"].map((part) => linearFeatures(tokens(g, part), view));
    const [trainLabels, testLabels] = ["train", "val"].map((part) =>
      g.tensor(`${part}.labels`).toInt() as tf.Tensor1D
    );
    g.near(test!, `${name}.val.features`);
    const { weight, bias } = g.below(`${name}.init.`) as Record<string, tf.Tensor>;
    let p = toColumns(weight!, bias!);
    const perEpoch = expected.iterations.length / epochs;
    assertGreater(perEpoch, 1);
    const scores: number[] = [];
    for (const [i, { loss, lr }] of expected.iterations.entries()) {
      const epoch = Math.floor(i / perEpoch);
      const index = g.tensor(`${name}.it${i}.index`);
      const x = rowsOf(train!, index) as tf.Tensor2D;
      g.near(x, `${name}.it${i}.features`);
      g.near(tf.matMul(x, p.weight).add(p.bias), `${name}.it${i}.logits`);
      const rates = linearRates(recipes, epoch, {
        epochs,
        batchSize: batch,
        minimum: expected.lr_min,
      });
      g.nearNumbers(rates, [lr], { name: "lr" });
      const labels = rowsOf(trainLabels!, index) as tf.Tensor1D;
      const { next, losses } = step(p, { x, labels, rates: tf.tensor1d(rates) });
      g.nearNumbers(losses.dataSync(), [loss], { name: "loss" });
      p = next;
      g.near(weightOf(p, weight!.shape), `${name}.it${i}.after.weight`);
      g.near(p.bias, `${name}.it${i}.after.bias`);
      if ((i + 1) % perEpoch) continue;
      const logits = tf.matMul(test!, p.weight).add<tf.Tensor2D>(p.bias);
      g.near(logits, `${name}.eval${epoch}.logits`);
      const [top1, top5, meanLoss] = evaluate(logits, testLabels!, batch);
      const { acc1, acc5, loss: evalLoss } = expected.evaluations[epoch];
      g.nearNumbers([top1, top5], [acc1, acc5], { name: "acc" });
      g.nearNumbers([meanLoss], [evalLoss], { name: "loss" });
      scores.push(top1);
    }
    const { best } = selectClassifier(scores.map((score) => [score]), recipes);
    g.nearNumbers([best.top1], [expected.best_acc], { name: "acc" });
  }, { compiled: true });
}

golden(set, "a whole grid of classifiers learns and is chosen from as officially", (g, run) => {
  const { config, sweep } = g.json;
  const recipes: LinearRecipe[] = sweep.classifiers.map(
    ([rate, weightDecay, optimizer]: [number, number, "sgd" | "lars"]) => {
      return { rate, weightDecay, optimizer };
    },
  );
  const grid = linearGrid({
    learningRates: gridRates,
    weightDecays: gridDecays,
    optimizers: ["sgd", "lars"],
  });
  assertEquals(grid, recipes);
  const step = stepper(run, recipes);
  const view = { blocks: sweep.n, patchMean: "behind" } as const;
  const [train, test] = ["train", "val"].map((part) => linearFeatures(tokens(g, part), view));
  const [trainLabels, testLabels] = ["train", "val"].map((part) =>
    g.tensor(`${part}.labels`).toInt() as tf.Tensor1D
  );
  const { weight, bias } = g.below("sweep.init.") as Record<string, tf.Tensor>;
  let p = toColumns(weight!, bias!);
  const scores: number[][] = [];
  for (let epoch = 0; epoch < sweep.epochs; epoch++) {
    const rates = linearRates(recipes, epoch, {
      epochs: sweep.epochs,
      batchSize: sweep.batch,
      minimum: sweep.lr_min,
    });
    g.nearNumbers(rates, sweep.lr_in_epoch[epoch], { name: "lr" });
    const order = g.tensor(`sweep.epoch${epoch}.index`);
    for (let first = 0; first < order.size; first += sweep.batch) {
      const index = order.slice(first, Math.min(sweep.batch, order.size - first));
      const x = rowsOf(train!, index) as tf.Tensor2D;
      const labels = rowsOf(trainLabels!, index) as tf.Tensor1D;
      p = step(p, { x, labels, rates: tf.tensor1d(rates) }).next;
    }
    g.near(weightOf(p, weight!.shape), `sweep.epoch${epoch}.weight`);
    g.near(p.bias.reshape(bias!.shape), `sweep.epoch${epoch}.bias`);
    const logits = tf.matMul(test!, p.weight).add<tf.Tensor2D>(p.bias);
    const results = recipes.map((_, i) =>
      evaluate(
        logits.slice([0, i * config.classes], [-1, config.classes]),
        testLabels!,
        sweep.batch,
      )
    );
    for (const [i, name] of ["acc1", "acc5", "loss"].entries()) {
      g.nearNumbers(results.map((result) => result[i]!), sweep[name][epoch], { name });
    }
    scores.push(results.map(([top1]) => top1));
  }
  const { best, bestOfRates, last } = selectClassifier(scores, recipes);
  const { saved_checkpoint: saved, final_log_lines: lines } = sweep;
  assertEquals([best.epoch + 1, best.index], [saved.epoch, saved.best_acc_hidx]);
  g.nearNumbers([best.top1, bestOfRates], [saved.best_acc, saved.best_acc_sweep_lr_only], {
    name: "acc",
  });
  const { rate, weightDecay, optimizer } = recipes[last.index]!;
  const words = `lr ${rate.toFixed(5)}, wd ${weightDecay.toExponential(0)}, optim ${optimizer}`;
  const [line] = lines.filter((line: string) => line.includes("optim "));
  assertEquals(line.split(": ")[1].trim().replace(/e([+-])0(\d)/, "e$1$2"), words);
}, { compiled: true });
