import * as tf from "@tensorflow/tfjs";
import type { MapSize } from "../../nn/mod.ts";
import { assert, assertEquals } from "@std/assert";
import { type Golden, golden } from "../../testing/goldens.ts";
import {
  assignBoxes,
  atLeast,
  baseAnchors,
  boxCount,
  type Boxes,
  boxOverlaps,
  chooseFirst,
  cornersOf,
  cropMask,
  cropPolygons,
  decodeBoxes,
  decodedBoxes,
  type Deviations,
  drawPolygons,
  encodeBoxes,
  giouLoss,
  gridAnchors,
  pasteMask,
  polygonArea,
  roiAlign,
  roiLevels,
  type RoiWeights,
  roiWeights,
  sampleBoxes,
  smoothL1,
  suppress,
  suppressClasses,
  suppressWithin,
  validAnchors,
  withObjects,
} from "./mod.ts";

const set = "dense/detection_pieces";
const files = "detection_pieces.safetensors";

const boxesIn = (g: Golden, name: string): Boxes => Float32Array.from(g.values(name));

/** The settings of each case, which are a file's objects. */
function cases<T>(g: Golden, name: string): [string, T][] {
  const entries = Object.entries<T>(g.json[name]);
  assert(entries.length > 0);
  return entries;
}

type AnchorCase = {
  scales: number[];
  ratios: number[];
  strides: number[];
  sizes_hw: MapSize[];
  padded_image_hw: [number, number];
};

golden(set, "anchors stand where the official ones do", (g) => {
  for (const [name, record] of cases<AnchorCase>(g, "anchors")) {
    for (const [level, stride] of record.strides.entries()) {
      const base = baseAnchors(stride, record);
      const size = record.sizes_hw[level]!;
      g.near(base, `anchors.${name}.base.${level}`);
      g.near(gridAnchors(base, size, stride), `anchors.${name}.level.${level}`);
      const each = boxCount(base);
      const valid = validAnchors(size, record.padded_image_hw, { stride, each });
      g.near(valid, `anchors.${name}.valid.${level}`);
    }
  }
}, { files });

type CoderCase = { stds: Deviations; max_shape_hw: [number, number] };

golden(set, "boxes become deltas, and deltas boxes, as officially", (g) => {
  for (const [name, { stds: deviations, max_shape_hw: size }] of cases<CoderCase>(g, "coder")) {
    const at = (part: string) => `coder.${name}.${part}`;
    const priors = boxesIn(g, at("priors"));
    const deltas = boxesIn(g, at("deltas"));
    g.near(encodeBoxes(priors, boxesIn(g, at("targets")), deviations), at("encoded"));
    g.near(decodeBoxes(priors, deltas, { deviations }), at("decoded"));
    g.near(decodeBoxes(priors, deltas, { deviations, size }), at("decoded_clipped"));
    const perClass = boxesIn(g, at("deltas_per_class"));
    g.near(decodeBoxes(priors, perClass, { deviations, size }), at("decoded_per_class"));
    const [a, b] = [at("priors"), at("deltas")].map((name) => g.tensor(name) as tf.Tensor2D);
    g.near(decodedBoxes(a!, b!, deviations), at("decoded"));
  }
}, { files });

golden(set, "boxes overlap as officially", (g) => {
  const [a, b] = ["overlap.a", "overlap.b"].map((name) => boxesIn(g, name));
  for (const kind of ["iou", "iof", "giou"] as const) {
    g.near(boxOverlaps(a!, b!, kind), `overlap.${kind}`);
  }
}, { files });

golden(set, "losses of boxes and their gradients are the official ones", (g, run) => {
  const check = (name: string, loss: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) => {
    const { value, grad } = run((x: tf.Tensor) => {
      const { value, grads: [grad] } = tf.valueAndGrads((x: tf.Tensor) => loss(x).sum())([x]);
      return { value, grad: grad! };
    })(x);
    // The file does not say by which whole number the sum was divided.
    const divisor = Math.round(value.dataSync()[0]! / g.values(`${name}.loss`)[0]!);
    assert(divisor >= 1);
    g.near(value.div(divisor).reshape([1]), `${name}.loss`);
    g.near(grad.div(divisor), `${name}.grad`);
  };
  const tensors = (loss: string) =>
    ["prediction", "target", "weight"].map((name) => g.tensor(`${loss}.${name}`));
  const [boxes, truth, weight] = tensors("giou");
  check(
    "giou",
    (x) => giouLoss(x as tf.Tensor2D, truth as tf.Tensor2D).mul(weight!).mul(10),
    boxes!,
  );
  const [x, targets, weights] = tensors("smooth_l1");
  for (const [name, beta] of [["beta_ninth", 1 / 9], ["beta_one", 1]] as const) {
    check(`smooth_l1.${name}`, (x) => smoothL1(x, targets!, beta).mul(weights!), x!);
  }
}, { files, compiled: true });

type AssignCase = {
  pos_iou_thr: number;
  neg_iou_thr: number;
  min_pos_iou: number;
  match_low_quality: boolean;
  ignore_iof_thr: number;
  uses_ignore: boolean;
};

golden(set, "boxes are told to find objects, and sampled, as officially", (g) => {
  const [priors, objects, ignored] = ["priors", "gts", "ignore"]
    .map((name) => boxesIn(g, `assign.${name}`));
  const labels = g.values("assign.labels");
  for (const [name, record] of cases<AssignCase>(g, "assign")) {
    const options = {
      positive: record.pos_iou_thr,
      negative: record.neg_iou_thr,
      ...record.match_low_quality && { lowest: record.min_pos_iou },
      ...record.uses_ignore && { ignored: ignored!, ignoredShare: record.ignore_iof_thr },
    };
    const assignment = assignBoxes(priors!, objects!, options);
    g.near(assignment.objects, `assign.${name}.gt_index`);
    g.near(assignment.overlaps, `assign.${name}.max_overlap`);
    const labelOf = (object: number) => object > 0 ? labels[object - 1]! : -1;
    g.near(Array.from(assignment.objects, labelOf), `assign.${name}.labels`);
    const samples = g.names.flatMap((tensor) =>
      [...tensor.matchAll(new RegExp(`^assign\\.${name}\\.(sample_.*)\\.positive$`, "g"))]
        .map(([, sample]) => sample!)
    );
    assert(samples.length > 0);
    for (const sample of samples) {
      const [count, positiveShare, added] = sample.split("_").slice(1).map(Number);
      const all = added ? withObjects(assignment, boxCount(objects!)) : assignment;
      const { positive, negative } = sampleBoxes(
        all,
        { count: count!, positiveShare: positiveShare! },
        chooseFirst,
      );
      g.near(positive, `assign.${name}.${sample}.positive`);
      g.near(negative, `assign.${name}.${sample}.negative`);
      g.near(
        positive.map((box) => all.objects[box]! - 1),
        `assign.${name}.${sample}.positive_gt`,
      );
    }
  }
  g.near(
    assignBoxes(priors!, new Float32Array(0), { positive: 0.5, negative: 0.5 }).objects,
    "assign.no_gt.gt_index",
  );
}, { files });

golden(set, "worse boxes are suppressed as officially", (g) => {
  const boxes = boxesIn(g, "nms.boxes");
  const scores = boxesIn(g, "nms.scores");
  const groups = g.values("nms.classes");
  for (const [name, record] of cases<Record<string, number>>(g, "nms")) {
    if (name !== "multiclass") {
      const threshold = Number(name);
      g.near(suppress(boxes, scores, { threshold }), `nms.keep_${name}`);
      g.near(suppressWithin(boxes, scores, { threshold, groups }), `nms.keep_by_class_${name}`);
      continue;
    }
    const detections = suppressClasses(
      boxesIn(g, "nms.multiclass.boxes"),
      boxesIn(g, "nms.multiclass.scores"),
      {
        score: record.score_threshold!,
        threshold: record.iou_threshold!,
        most: record.max_num!,
      },
    );
    const rows = [...detections.scores].flatMap((
      score,
      box,
    ) => [...cornersOf(detections.boxes, box), score]);
    g.near(rows, "nms.multiclass.detections");
    g.near(detections.labels, "nms.multiclass.labels");
  }
}, { files });

type AlignCase = { size: number; spatial_scale: number; sampling_ratio: number; aligned: boolean };

golden(set, "regions of a map, and their gradients, are the official ones", (g, run) => {
  const map = g.tensor("roi_align.feature").transpose<tf.Tensor4D>([0, 2, 3, 1]);
  const [images, rows, columns] = map.shape;
  const regions = boxesIn(g, "roi_align.rois");
  const count = regions.length / 5;
  const boxes = Float32Array.from(
    Array.from({ length: count }, (_, i) => [...regions.subarray(5 * i + 1, 5 * i + 5)]).flat(),
  );
  for (const [name, record] of cases<AlignCase>(g, "roi_align")) {
    const { sampling_ratio: samples, aligned } = record;
    const weights = roiWeights(Array(images).fill(boxes), [rows, columns], {
      ...{ count, bins: record.size, scale: record.spatial_scale, aligned },
      ...samples > 0 && { samples },
      takes: (image, region) => regions[5 * region] === image,
    });
    const coefficient = g.tensor(`roi_align.${name}.coefficient`).transpose([0, 2, 3, 1]);
    for (const atOnce of [count, Math.ceil(count / 2) - 1 || 1]) {
      const align = (map: tf.Tensor, weights: RoiWeights) =>
        roiAlign(map as tf.Tensor4D, weights, { atOnce }).sum<tf.Tensor4D>(0);
      const { output, gradient } = run((map: tf.Tensor4D, weights: RoiWeights) => {
        const { grads: [gradient] } = tf.valueAndGrads((map: tf.Tensor) =>
          align(map, weights).mul(coefficient).sum()
        )([map]);
        return { output: align(map, weights), gradient: gradient! };
      })(map, weights);
      g.near(output.transpose([0, 3, 1, 2]), `roi_align.${name}.output`);
      g.near(gradient.transpose([0, 3, 1, 2]), `roi_align.${name}.grad_feature`);
    }
  }
}, { files, compiled: true });

golden(set, "boxes are looked at on the official levels", (g) => {
  const regions = boxesIn(g, "roi_level.rois");
  const boxes = regions.filter((_, i) => i % 5 > 0);
  g.near(roiLevels(boxes, { finest: 56, levels: 4 }), "roi_level.level");
}, { files });

golden(set, "masks are cropped for their boxes as officially", (g) => {
  const boxes = boxesIn(g, "mask_target.boxes");
  const [count = 0, height = 0, width = 0] = g.shape("mask_target.bitmaps");
  const [, side = 0] = g.shape("mask_target.output");
  const size = { width, height };
  const bytes = Uint8Array.from(g.values("mask_target.bitmaps"));
  const bitmaps = Array.from({ length: count }, (_, i) => ({
    ...size,
    data: bytes.subarray(i * width * height, (i + 1) * width * height),
  }));
  const { polygons }: { polygons: number[][][] } = g.json;
  const objects = [...g.values("mask_target.index")];
  const cells = (crop: (object: number, box: number) => { data: Uint8Array }) =>
    objects.flatMap((object, box) => [...crop(object, box).data]);
  g.near(
    cells((object, box) => cropMask(bitmaps[object]!, cornersOf(boxes, box), side)),
    "mask_target.output",
  );
  g.near(
    polygons.flatMap((polygons) => [...drawPolygons(polygons, size).data]),
    "mask_target.polygon_bitmaps",
  );
  g.near(
    cells((object, box) => cropPolygons(polygons[object]!, cornersOf(boxes, box), side)),
    "mask_target.polygon_output",
  );
  g.near(polygons.map(polygonArea), "mask_target.polygon_areas");
}, { files });

golden(set, "masks are pasted into pictures as officially", (g) => {
  const boxes = boxesIn(g, "paste.boxes");
  const [count = 0, , rows = 0, columns = 0] = g.shape("paste.masks");
  const [height, width]: [number, number] = g.json.paste.image_hw;
  const masks = boxesIn(g, "paste.masks");
  const pictures = Array.from({ length: count }, (_, i) =>
    pasteMask(
      {
        width: columns,
        height: rows,
        data: masks.subarray(i * rows * columns, (i + 1) * rows * columns),
      },
      cornersOf(boxes, i),
      { width, height },
    ));
  assertEquals(pictures.length, count);
  g.near(pictures.flatMap(({ data }) => [...data]), "paste.soft");
  g.near(pictures.flatMap((soft) => [...atLeast(soft, 0.5).data]), "paste.binary_0.5");
}, { files });
