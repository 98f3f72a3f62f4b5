import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { blockMaps, type Vit } from "../../models/mod.ts";
import { gradientsOf, initOptimizer, type OptimizerState, sgd } from "../../optim/mod.ts";
import { type Golden, golden, type Runner } from "../../testing/goldens.ts";
import { withSomeFactor } from "../../testing/kinks.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";
import { collectingNorm, pyramid } from "../mod.ts";
import {
  anchorLevels,
  chooseFirst,
  cornersOf,
  cropMask,
  detect,
  type Detector,
  type DetectorLosses,
  detectorLosses,
  type DetectorPasses,
  detectorPasses,
  type DetectorSettings,
  detectorSettings,
  type DetectorTargets,
  detectorTargets,
  type Deviations,
  drawRegions,
  objectMasks,
  roiFeatures,
  rpnTargets,
  type TrainingImage,
} from "./mod.ts";

const set = "dense/detection";
const files = "detection.safetensors";

const channelsLast = (x: tf.Tensor) => x.transpose<tf.Tensor4D>([0, 2, 3, 1]);
const channelsFirst = (x: tf.Tensor) => x.transpose<tf.Tensor4D>([0, 3, 1, 2]);

/** The network of the file, with the counters of batch normalizations, which it leaves out. */
function network(g: Golden): Detector {
  const named = g.below("param.");
  const counters = Object.keys(named).filter((name) => name.endsWith(".running_mean"))
    .map((name) => [name.replace("running_mean", "num_batches_tracked"), tf.scalar(0, "int32")]);
  return unflatten<Detector>({ ...named, ...Object.fromEntries(counters) });
}

function settingsIn({ json: { config } }: Golden): DetectorSettings {
  const { rpn_head, roi_head, train_cfg, test_cfg } = config;
  const { anchor_generator: anchors } = rpn_head;
  // deno-lint-ignore no-explicit-any
  const assign = ({ pos_iou_thr, neg_iou_thr, min_pos_iou, match_low_quality }: any) => ({
    positive: pos_iou_thr,
    negative: neg_iou_thr,
    ...match_low_quality && { lowest: min_pos_iou },
  });
  // deno-lint-ignore no-explicit-any
  const proposals = ({ nms_pre, max_per_img, nms }: any) => ({
    before: nms_pre,
    most: max_per_img,
    threshold: nms.iou_threshold,
  });
  // deno-lint-ignore no-explicit-any
  const sample = ({ num, pos_fraction }: any) => ({ count: num, positiveShare: pos_fraction });
  return {
    ...detectorSettings,
    anchors: { scales: anchors.scales, ratios: anchors.ratios, strides: anchors.strides },
    rpn: {
      deviations: rpn_head.bbox_coder.target_stds as Deviations,
      assign: assign(train_cfg.rpn.assigner),
      sample: sample(train_cfg.rpn.sampler),
      border: train_cfg.rpn.allowed_border,
      beta: rpn_head.loss_bbox.beta,
    },
    proposals: {
      training: proposals(train_cfg.rpn_proposal),
      scoring: proposals(test_cfg.rpn),
    },
    // deno-lint-ignore no-explicit-any
    stages: roi_head.bbox_head.map(({ bbox_coder }: any, stage: number) => ({
      deviations: bbox_coder.target_stds,
      assign: assign(train_cfg.rcnn[stage].assigner),
      weight: roi_head.stage_loss_weights[stage],
    })),
    sample: sample(train_cfg.rcnn[0].sampler),
    boxWeight: roi_head.bbox_head[0].loss_bbox.loss_weight,
    finest: roi_head.bbox_roi_extractor.finest_scale,
    boxBins: roi_head.bbox_roi_extractor.roi_layer.output_size,
    maskBins: roi_head.mask_roi_extractor.roi_layer.output_size,
    maskSide: train_cfg.rcnn[0].mask_size,
    results: {
      score: test_cfg.rcnn.score_thr,
      threshold: test_cfg.rcnn.nms.iou_threshold,
      most: test_cfg.rcnn.max_per_img,
      mask: test_cfg.rcnn.mask_thr_binary,
    },
  };
}

/** All that the tests share. */
function opened(g: Golden, run: Runner) {
  const { backbone, roi_head } = g.json.config;
  const images = channelsLast(g.tensor("input"));
  const [count, height, width] = images.shape;
  const pass = {
    heads: backbone.num_heads as number,
    blocks: backbone.out_indices as number[],
    grid: backbone.img_size.map((side: number) => side / backbone.patch_size) as [number, number],
  };
  const objects = Array.from({ length: count }, (_, image): TrainingImage => {
    const labels = Int32Array.from(g.values(`gt.${image}.labels`));
    const bytes = Uint8Array.from(g.values(`gt.${image}.masks`));
    const pixels = height * width;
    return {
      size: [height, width],
      boxes: Float32Array.from(g.values(`gt.${image}.boxes`)),
      labels,
      masks: Array.from(labels, (_, i) => ({
        ...{ width, height, data: bytes.subarray(i * pixels, (i + 1) * pixels) },
      })),
    };
  });
  const passes = (training: boolean): DetectorPasses => {
    const { propose, judge, draw } = detectorPasses({ ...pass, training });
    return { propose: run(propose), judge: run(judge), draw: run(draw) };
  };
  const settings = settingsIn(g);
  const classes: number = roi_head.bbox_head[0].num_classes;
  return { images, objects, pass, passes, settings, classes };
}

golden(set, "features have the official four scales", (g, run) => {
  const { images, pass } = opened(g, run);
  const { backbone } = network(g);
  const maps = run((images: tf.Tensor4D, p: Detector["backbone"]) => {
    const blocks = blockMaps(images, p as typeof p & Vit, { ...pass, normed: false });
    return pyramid(blocks, p, collectingNorm());
  })(images, backbone);
  for (const [scale, map] of maps.entries()) g.near(channelsFirst(map), `feature.${scale}`);
}, { files, compiled: true });

golden(set, "maps, proposals and what is learned from are the official ones", (g, run) => {
  const { images, objects, passes, settings, classes } = opened(g, run);
  const model = network(g);
  const walk = passes(true);
  const { maps, outputs } = walk.propose(images, model);
  for (const [level, { scores, deltas }] of outputs.entries()) {
    g.near(channelsFirst(maps[level]!), `fpn.${level}`);
    const size = maps[level]!.shape.slice(0, 3);
    const place = (x: tf.Tensor) => channelsFirst(x.reshape([...size, -1]));
    g.near(place(scores), `rpn.scores.${level}`);
    g.near(place(deltas), `rpn.deltas.${level}`);
  }
  const [, height, width] = images.shape;
  const levels = anchorLevels([height, width], settings.anchors);
  const anchors = rpnTargets(levels, objects, { rpn: settings.rpn, choose: chooseFirst });
  assertEquals(anchors.divisor, g.json.rpn_avg_factor);
  for (const [level, { objects, weights, deltas }] of anchors.levels.entries()) {
    g.near(tf.sub(1, objects).toInt(), `rpn.labels.${level}`);
    g.near(weights, `rpn.label_weights.${level}`);
    g.near(deltas, `rpn.box_targets.${level}`);
    const boxes = objects.mul(weights).expandDims(2).mul(tf.ones([1, 1, 4]));
    g.near(boxes, `rpn.box_weights.${level}`);
  }
  const { targets, proposals, samples } = detectorTargets(images, objects, {
    ...{ model, passes: walk, settings, classes, choose: chooseFirst },
  });
  for (const [image, { boxes, scores }] of proposals.entries()) {
    g.near(boxes, `proposals.${image}.boxes`);
    g.near(scores, `proposals.${image}.scores`);
  }
  for (const [stage, ofStage] of samples.entries()) {
    for (const [image, { boxes, objects: numbers }] of ofStage.entries()) {
      g.near(boxes, `stage.${stage}.priors.${image}`);
      g.near(numbers, `stage.${stage}.positive_gt.${image}`);
    }
    const side = settings.maskSide;
    const masks = ofStage.flatMap(({ boxes, objects: numbers }, image) =>
      numbers.flatMap((object, i) => [
        ...cropMask(objects[image]!.masks[object]!, cornersOf(boxes, i), side).data,
      ])
    );
    g.near(masks, `stage.${stage}.mask_targets`);
    const { boxes, masks: shapes } = targets.stages[stage]!;
    const output = walk.judge({ maps, ...boxes }, model.roi_head.bbox_head[stage]!);
    g.near(output.scores, `stage.${stage}.class_scores`);
    g.near(output.deltas, `stage.${stage}.deltas`);
    const rows = [...shapes.present.dataSync().entries()].filter(([, there]) => there)
      .map(([row]) => row);
    const logits = drawRegions(roiFeatures(maps, shapes.weights), model.roi_head.mask_head[stage]!);
    g.near(
      tf.gather(logits, tf.tensor1d(rows, "int32")).mean([1, 2]),
      `stage.${stage}.mask_scores_mean_per_class`,
    );
  }
}, { files, compiled: true });

/** Parameters without running statistics. */
function learnedOf(named: Named): Named {
  return Object.fromEntries(
    Object.entries(named).filter(([name]) => !/\.(running_\w+|num_batches_tracked)$/.test(name)),
  );
}

function compareLosses(g: Golden, { anchors, stages, total }: DetectorLosses): void {
  const near = (losses: tf.Scalar[], name: string, factor = 1) => {
    const expected = [g.json.losses[name]].flat();
    g.nearNumbers(losses.map((loss) => factor * loss.dataSync()[0]!), expected, { name });
  };
  near(anchors.map(({ score }) => score), "loss_rpn_cls");
  near(anchors.map(({ box }) => box), "loss_rpn_bbox");
  for (const [stage, loss] of stages.entries()) {
    near([loss.class], `s${stage}.loss_cls`);
    near([loss.box], `s${stage}.loss_bbox`);
    near([loss.mask], `s${stage}.loss_mask`);
    near([loss.accuracy], `s${stage}.acc`, 100);
  }
  near([total], "total");
}

golden(
  set,
  "losses, gradients, a step, and what it detects then are the official ones",
  (g, run) => {
    const { images, objects, pass, passes, settings, classes } = opened(g, run);
    const model = network(g);
    const { targets } = detectorTargets(images, objects, {
      ...{ model, passes: passes(true), settings, classes, choose: chooseFirst },
    });
    const named = flatten(model);
    const optimizer = sgd({ group: () => ({ rate: 1, decays: true }) });
    const lesson = run((
      images: tf.Tensor4D,
      model: Detector,
      rest: { targets: DetectorTargets; optimizer: OptimizerState },
    ) => {
      const { gradients, results } = gradientsOf(() => {
        const { losses, statistics } = detectorLosses(images, rest.targets, {
          ...{ model, settings, ...pass },
        });
        const copy = { ...losses, total: losses.total.clone() };
        return { loss: losses.total, results: { losses: copy, statistics } };
      }, learnedOf(flatten(model)));
      const now = { state: rest.optimizer, rate: tf.scalar(0.01), weightDecay: tf.scalar(1e-4) };
      const [next] = optimizer.update(learnedOf(flatten(model)), gradients, now);
      return { gradients, next, ...results };
    });
    const state = { targets, optimizer: initOptimizer(optimizer, learnedOf(named)) };
    let parameters: Named = {};
    withSomeFactor((factor) => {
      const { gradients, next, losses, statistics } = lesson(images.mul(factor), model, state);
      compareLosses(g, losses);
      for (const [name, gradient] of Object.entries(gradients)) g.near(gradient, `grad.${name}`);
      parameters = { ...named, ...next, ...flatten(statistics) };
    });
    const compared = g.names.flatMap((name) => {
      const [, path] = /^after\.(?!detections)(?:param\.)?(.*)$/.exec(name) ?? [];
      return path === undefined ? [] : [[name, path] as const];
    });
    assertEquals(compared.length > 0, true);
    for (const [name, path] of compared) g.near(parameters[path]!, name);
    const detections = detect(images, {
      ...{ model: unflatten<Detector>(parameters), passes: passes(false), settings, classes },
      sizes: objects.map(({ size }) => size),
    });
    const [, height, width] = images.shape;
    for (const [image, objects] of detections.entries()) {
      const name = `after.detections.${image}`;
      assertEquals(objects.scores.length, g.json.detections[image]);
      g.near(objects.boxes, `${name}.boxes`);
      g.near(objects.scores, `${name}.scores`);
      g.near(objects.labels, `${name}.labels`);
      const masks = objectMasks(objects, { width, height, threshold: settings.results.mask });
      g.near(masks.flatMap(({ data }) => [...data]), `${name}.masks`);
    }
  },
  { files, compiled: true },
);
