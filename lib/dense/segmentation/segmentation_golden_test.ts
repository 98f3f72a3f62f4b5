import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { blockMaps, type Vit } from "../../models/mod.ts";
import { resizeMap } from "../../nn/mod.ts";
import { adamw, gradientsOf, initOptimizer, layerDecay, sgd } from "../../optim/mod.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";
import {
  classifyPlaces,
  collectingNorm,
  pixelLoss,
  type PlaceClassifier,
  pyramid,
  pyramidBlocks,
  segment,
  segmentInTraining,
  segmentPixels,
  slide,
  uperNet,
  type UperNetSegmenter,
  windowCounts,
  windowsOf,
} from "../mod.ts";

const set = "dense/segmentation";
const files = "segmentation.safetensors";

const channelsLast = (x: tf.Tensor) => x.transpose<tf.Tensor4D>([0, 2, 3, 1]);
const channelsFirst = (x: tf.Tensor) => x.transpose<tf.Tensor4D>([0, 3, 1, 2]);

/** Tensors of the file, with the counters of batch normalizations, which it leaves out. */
function params(g: Golden, prefix = "param."): Named {
  const named = g.below(prefix);
  const counters = Object.keys(named).filter((name) => name.endsWith(".running_mean"))
    .map((name) => [name.replace("running_mean", "num_batches_tracked"), tf.scalar(0, "int32")]);
  return { ...named, ...Object.fromEntries(counters) };
}

const isLearned = (name: string) => !/\.(running_\w+|num_batches_tracked)$/.test(name);

/** The tensors that are learned. */
function learned(named: Named): Named {
  return Object.fromEntries(Object.entries(named).filter(([name]) => isLearned(name)));
}

golden(set, "features have the official four scales", (g, run) => {
  const { depth, heads } = g.json.config;
  const step = run((images: tf.Tensor4D, p: UperNetSegmenter["backbone"]) => {
    const maps = blockMaps(images, p, { heads, blocks: pyramidBlocks(depth) });
    const { norm, statistics } = collectingNorm();
    return { features: pyramid(maps, p, { norm }), statistics };
  });
  const { backbone } = unflatten<UperNetSegmenter>(params(g));
  const { features, statistics } = step(channelsLast(g.tensor("train.input")), backbone);
  assertEquals(features.length, 4);
  for (const [i, map] of features.entries()) g.near(channelsFirst(map), `train.feature.${i}`);
  for (const [path, { running_mean, running_var }] of Object.entries(statistics)) {
    g.near(running_mean, `after_forward.${path}.running_mean`);
    g.near(running_var, `after_forward.${path}.running_var`);
  }
}, { files, compiled: true });

golden(set, "UPerNet fuses them as officially", (g, run) => {
  const maps = [0, 1, 2, 3].map((i) => channelsLast(g.tensor(`train.feature.${i}`)));
  const step = run((maps: tf.Tensor4D[], p: UperNetSegmenter["decode_head"]) => {
    const { norm } = collectingNorm();
    const four = maps as Parameters<typeof uperNet>[0];
    const { pooled, bottleneck, laterals, smoothed, fused } = uperNet(four, p, {
      norm,
      path: "decode_head",
    });
    const logits = classifyPlaces(fused, p.conv_seg);
    return { pooled, bottleneck, laterals, smoothed, fused, logits };
  });
  const { decode_head } = unflatten<UperNetSegmenter>(params(g));
  const result = step(maps, decode_head);
  const near = (map: tf.Tensor4D, name: string) => g.near(channelsFirst(map), `train.${name}`);
  for (const [i, map] of result.pooled.entries()) near(map, `psp.${i}`);
  near(result.bottleneck, "psp_bottleneck");
  for (const [i, map] of result.laterals.entries()) near(map, `lateral_sum.${i}`);
  for (const [i, map] of result.smoothed.entries()) near(map, `fpn.${i}`);
  near(result.fused, "fused");
  near(result.logits, "logits");
  const [height, width] = g.json.config.train;
  const row = resizeMap(result.logits, [height, width]).slice([0, 3, 0, 0], [-1, 1, -1, -1]);
  g.near(row.squeeze([1]).transpose([0, 2, 1]), "train.logits_upsampled_row3");
}, { files, compiled: true });

golden(set, "a training step is the official one", (g, run) => {
  const { json: { loss: official, optimizer: recipe, config } } = g;
  const group = layerDecay({
    decay: recipe.layer_decay,
    depth: recipe.num_layers,
    decayTokens: true,
  });
  const names: string[] = [];
  for (const { param_names, weight_decay, lr_scale } of recipe.groups) {
    for (const name of param_names as string[]) {
      const { rate, decays } = group(name, g.shape(`param.${name}`).length);
      assertEquals([Number(rate.toFixed(9)), decays], [+lr_scale.toFixed(9), weight_decay > 0]);
      names.push(name);
    }
  }
  const named = params(g);
  assertEquals(names.toSorted(), Object.keys(learned(named)).toSorted());
  const optimizer = adamw({ group, betas: recipe.betas, epsilon: recipe.eps });
  const step = run((images: tf.Tensor4D, labels: tf.Tensor3D, named: Named, state: Named) => {
    const { results, gradients } = gradientsOf(() => {
      const model = unflatten<UperNetSegmenter>(named);
      const [logits, statistics] = segmentInTraining(images, model, { heads: config.heads });
      const decode = pixelLoss(logits.decode, labels);
      const auxiliary = pixelLoss(logits.auxiliary!, labels);
      const weighted = auxiliary.loss.mul<tf.Scalar>(0.4);
      const total = decode.loss.add<tf.Scalar>(weighted);
      const { loss: ofLabeled } = pixelLoss(logits.decode, labels, { divisor: "labeled" });
      const numbers = {
        ...{ decode: decode.loss.clone(), auxiliary: weighted.clone(), total: total.clone() },
        ...{ ofLabeled, decodeAccuracy: decode.accuracy, auxiliaryAccuracy: auxiliary.accuracy },
      };
      return { loss: total, results: { logits: logits.auxiliary!.clone(), numbers, statistics } };
    }, learned(named));
    const [moved] = optimizer.update(learned(named), gradients, {
      state: { exp_avg: state, exp_avg_sq: state, step: counters(state) },
      rate: tf.scalar(recipe.lr),
      weightDecay: tf.scalar(recipe.weight_decay),
    });
    return { ...results, statistics: flatten(results.statistics), gradients, moved };
  });
  const zeros = initOptimizer(optimizer, learned(named));
  const labels = g.tensor("train.label") as tf.Tensor3D;
  const result = step(channelsLast(g.tensor("train.input")), labels, named, {
    ...zeros.exp_avg,
    ...zeros.step,
  });
  g.near(channelsFirst(result.logits), "train.aux_logits");
  const close = (value: tf.Scalar, expected: number) => {
    const [number = NaN] = value.dataSync();
    assert(Math.abs(number - expected) <= 1e-5 * Math.abs(expected), `${number}, ${expected}`);
  };
  const { numbers } = result;
  close(numbers.decode, official.decode);
  close(numbers.auxiliary, official.auxiliary_times_0_4);
  close(numbers.total, official.total);
  close(numbers.ofLabeled, official.decode_mean_over_valid_pixels);
  nearAccuracy(numbers.decodeAccuracy, official.decode_pixel_accuracy_percent);
  nearAccuracy(numbers.auxiliaryAccuracy, official.auxiliary_pixel_accuracy_percent);
  for (const name of names) g.near(result.gradients[name]!, `grad.${name}`);
  const statistics = g.names.filter((name) => name.startsWith("after_forward."));
  assertEquals(statistics.length, 2 * Object.keys(result.statistics).length / 3);
  for (const name of statistics) {
    g.near(result.statistics[name.slice("after_forward.".length)]!, name);
  }
  for (const name of names) compareMoved(g, result.moved[name]!, name);
}, { files, compiled: true });

/** As for predictions, one pixel in a thousand may have its two best classes changed. */
function nearAccuracy(accuracy: tf.Scalar, expected: number) {
  assertAlmostEquals(accuracy.dataSync()[0]!, expected, 0.1);
}

const counters = ({ all, last_layer }: Named): Named => ({ all: all!, last_layer: last_layer! });

/**
 * Compares a parameter after a step. Gradients that are as small as those of float32 and float64
 * differ are zero but for rounding: AdamW then moves a value by its rate one way or the other.
 */
function compareMoved(g: Golden, moved: tf.Tensor, name: string) {
  const at = `after_step.${name}`;
  const { optimizer: { lr, groups }, float64 } = g.json;
  const { lr_scale } = groups.find((group: { param_names: string[] }) =>
    group.param_names.includes(name)
  );
  const gradients = g.values(`grad.${name}`), expected = g.values(at);
  const values = moved.dataSync().map((value, i) => {
    const noise = Math.abs(gradients[i]!) <= 2 * float64.max_abs_gradient;
    return noise && Math.abs(value - expected[i]!) <= 2 * lr * lr_scale ? expected[i]! : value;
  });
  g.near(values, at);
}

/** The network after the step, with the running statistics of the pass before it. */
function stepped(g: Golden): UperNetSegmenter {
  const named = { ...params(g), ...g.below("after_step."), ...g.below("after_forward.") };
  return unflatten<UperNetSegmenter>(named);
}

golden(set, "images are scored as officially, as a whole and by windows", (g, run) => {
  const { heads, test: [height, width], crop, stride, ori } = g.json.config;
  const images = channelsLast(g.tensor("test.input"));
  const model = stepped(g);
  const small = run((images: tf.Tensor4D, p: UperNetSegmenter) => segment(images, p, { heads }));
  const pixels = run((images: tf.Tensor4D, p: UperNetSegmenter) =>
    segmentPixels(images, p, { heads })
  );
  g.near(channelsFirst(small(images, model)), "test.logits_small");
  g.near(channelsFirst(pixels(images, model)), "test.logits_whole");
  const options = { crop, stride };
  const windows = windowsOf({ width, height }, options);
  assertEquals(
    windows.map(({ top, left, bottom, right }) => [top, left, bottom, right]),
    g.json.slide_windows_y1x1y2x2,
  );
  g.near(windowCounts({ width, height }, windows), "test.window_count");
  const logits = slide(images, (window) => pixels(window, model), options);
  g.near(channelsFirst(logits), "test.logits_slide");
  const resized = resizeMap(logits, ori);
  g.near(resized.argMax(3), "test.prediction");
}, { files, compiled: true });

golden(set, "a linear head learns as officially", (g, run) => {
  const { config: { heads, depth }, linear: official } = g.json;
  const [, rate, momentum, weightDecay] =
    /lr ([\d.e-]+), momentum ([\d.e-]+), weight decay ([\d.e-]+)/.exec(official.optimizer)!
      .map(Number) as [number, number, number, number];
  const optimizer = sgd({ momentum, group: () => ({ rate: 1, decays: true }) });
  const { backbone } = stepped(g);
  const images = channelsLast(g.tensor("train.input"));
  const features = run((images: tf.Tensor4D, p: Vit) =>
    blockMaps(images, p, { heads, blocks: [depth - 1] })
  );
  const [map] = features(images, backbone);
  g.near(channelsFirst(map!), "linear.feature");
  const head = { conv_seg: unflatten<PlaceClassifier>(g.below("linear.param.conv_seg.")) };
  const step = run((
    images: tf.Tensor4D,
    labels: tf.Tensor3D,
    backbone: Vit,
    head: { conv_seg: PlaceClassifier },
  ) => {
    const named = flatten(head);
    const { results, gradients } = gradientsOf(() => {
      const model = { backbone, decode_head: head };
      const [logits] = segmentInTraining(images, model, { heads, blocks: [depth - 1] });
      const { loss, accuracy } = pixelLoss(logits.decode, labels);
      return { loss, results: { loss: loss.clone(), accuracy, logits: logits.decode.clone() } };
    }, named);
    const [moved] = optimizer.update(named, gradients, {
      state: initOptimizer(optimizer, named),
      rate: tf.scalar(rate),
      weightDecay: tf.scalar(weightDecay),
    });
    return { ...results, gradients, moved };
  });
  const result = step(images, g.tensor("train.label") as tf.Tensor3D, backbone, head);
  g.near(channelsFirst(result.logits), "linear.logits");
  const relative = (value: tf.Scalar, expected: number) => value.dataSync()[0]! / expected - 1;
  assert(Math.abs(relative(result.loss, official.loss)) <= 1e-5);
  nearAccuracy(result.accuracy, official.pixel_accuracy_percent);
  for (const [name, gradient] of Object.entries(result.gradients)) {
    g.near(gradient, `linear.grad.${name}`);
    g.near(result.moved[name]!, `linear.after_step.${name}`);
  }
}, { files, compiled: true });
