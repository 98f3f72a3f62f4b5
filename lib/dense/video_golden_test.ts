import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { openDavis, type Video } from "../datasets/mod.ts";
import { decode, decodeMask, type Mask, resizeMask } from "../images/mod.ts";
import { meanOfObjects, scoreVideo } from "../metrics/mod.ts";
import { type Vit, vitEncoder } from "../models/mod.ts";
import { whereDataset } from "../testing/datasets.ts";
import { hashed } from "../testing/formula.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import { unflatten } from "../tree/mod.ts";
import {
  enlarged,
  firstLabels,
  frameSize,
  frameTensor,
  neighborhood,
  paintLabels,
  propagate,
  stretched,
  trackObjects,
} from "./mod.ts";

const set = "dense/video";
const files = "video.safetensors";

golden(set, "labels are propagated as officially", (g, run) => {
  const cases = Object.entries<Record<string, number>>(g.json.propagation)
    .filter(([name]) => name !== "ties");
  assert(cases.length > 0);
  for (const [name, { h: rows, w: columns, topk, neighborhood: reach }] of cases) {
    const at = (part: string) => `propagation.${name}.${part}`;
    const grid = { rows: rows!, columns: columns! };
    if (reach) g.near(neighborhood(grid, reach), at("neighborhood"));
    const near = reach ? [g.tensor(at("neighborhood")).toFloat()] : [];
    const step = run((
      target: tf.Tensor2D,
      features: tf.Tensor3D,
      labels: tf.Tensor3D,
      n: tf.Tensor[],
    ) =>
      propagate(target, { features, labels }, {
        topk: topk!,
        neighborhood: n[0] as tf.Tensor2D | undefined,
      })
    );
    const features = g.tensor(at("context_features")).transpose<tf.Tensor3D>([0, 2, 1]);
    const maps = g.tensor(at("context_labels")) as tf.Tensor4D;
    const [frames, channels] = maps.shape;
    const labels = maps.reshape([frames, channels, -1]).transpose<tf.Tensor3D>([0, 2, 1]);
    const result = step(g.tensor(at("target_features")) as tf.Tensor2D, features, labels, near);
    g.near(result.affinity.transpose(), at("affinity"));
    g.near(result.weights.transpose(), at("weights"));
    g.near(result.labels.transpose().reshape([1, channels, rows!, columns!]), at("label_map"));
    const { values, indices } = tf.topk(result.affinity, topk!);
    g.near(values.transpose(), at("topk_values"));
    g.near(indices.transpose(), at("topk_index"));
  }
}, { files, compiled: true });

golden(set, "of places that are all alike, all tell their labels", (g) => {
  const { h, w, dim, topk } = g.json.propagation.ties;
  const places = h * w;
  const alternating = tf.range(0, places).mod(2).toInt();
  const { labels } = propagate(tf.ones([places, dim]), {
    features: tf.ones([1, places, dim]),
    labels: tf.oneHot(alternating, 2).toFloat().expandDims(0) as tf.Tensor3D,
  }, { topk });
  g.near(labels.transpose().reshape([1, 2, h, w]), "propagation.ties.label_map");
}, { files });

golden(set, "soft labels become the official masks", (g) => {
  assert(g.json.upsample.length > 0);
  for (const [i, { patch, out_h: height, out_w: width }] of g.json.upsample.entries()) {
    const labels = g.tensor(`upsample.${i}.input`).squeeze<tf.Tensor3D>([0])
      .transpose<tf.Tensor3D>([1, 2, 0]);
    const row = (pixels: tf.Tensor3D) => pixels.slice([5], [1]).squeeze([0]).transpose();
    g.near(row(enlarged(labels, patch)), `upsample.${i}.bilinear_row5`);
    g.near(row(stretched(labels, patch)), `upsample.${i}.normed_row5`);
    const pixels = paintLabels(labels, patch);
    g.near(pixels, `upsample.${i}.argmax`);
    const [rows, columns] = pixels.shape;
    const mask = { width: columns, height: rows, data: Uint8Array.from(pixels.dataSync()) };
    g.near(resizeMask(mask, { width, height }).data, `upsample.${i}.nearest`);
  }
}, { files });

golden(set, "the second frame has the official soft labels", (g) => {
  const runs = Object.entries<Run>(g.json.runs)
    .filter(([, { sequence }]) => g.names.includes(`features.${sequence}.1`));
  assert(runs.length > 0);
  for (const [name, { sequence, topk, neighborhood: reach }] of runs) {
    const [, channels, rows, columns] = g.shape(`first_labels.${sequence}`) as Shape;
    const places = rows * columns;
    const labels = g.tensor(`first_labels.${sequence}`).toFloat()
      .reshape([1, channels, places]).transpose<tf.Tensor3D>([0, 2, 1]);
    const [first, second] = [0, 1].map((i) => g.tensor(`features.${sequence}.${i}`));
    const result = propagate(second as tf.Tensor2D, {
      features: first!.expandDims(0) as tf.Tensor3D,
      labels,
    }, {
      topk,
      neighborhood: tf.tensor2d(neighborhood({ rows, columns }, reach), [places, places]),
    });
    g.near(
      result.labels.transpose().reshape([1, channels, rows, columns]),
      `run.${name}.label_map.1`,
    );
    const best = `run.${name}.topk_values.1`;
    if (g.names.includes(best)) g.near(tf.topk(result.affinity, topk).values.transpose(), best);
  }
}, { files });

type Shape = [count: number, channels: number, rows: number, columns: number];

type Run = {
  sequence: string;
  frames: number;
  n_last_frames: number;
  neighborhood: number;
  topk: number;
  scores: Record<"J" | "F", { M: number[] }>;
};

/** The network whose weights are given by a formula. */
function network(g: Golden): Vit {
  const { names, weights, arch } = g.json.model;
  const [, amplitude, seed] = /hash fill, amplitude ([\d.]+), seed (\d+)/.exec(weights) ?? [];
  if (!amplitude) throw new Error(`Cannot make the weights of ${arch}: ${weights}`);
  return unflatten<Vit>(Object.fromEntries(
    (names as [string, number[], number][]).map(([name, shape, j]) => {
      const value = hashed(j, Number(seed));
      const offset = /norm[12]?\.weight$/.test(name) ? 1 : 0;
      const values = Float32Array.from(
        { length: shape.reduce((product, n) => product * n, 1) },
        (_, i) => offset + Number(amplitude) * value(i),
      );
      return [name, tf.tensor(values, shape)];
    }),
  ));
}

whereDataset("davis-mini", (folder) => {
  const open = async (sequence: string): Promise<Video> => {
    const { videos } = await openDavis(folder);
    return videos.find(({ name }) => name === sequence)!;
  };

  golden(set, "frames are resized and normalized as officially", async (g) => {
    for (const [name, { original, resized, sum }] of Object.entries<Frame>(g.json.frame)) {
      const [sequence = "", index = 0] = name.split(".");
      const frame = await (await open(sequence)).frames[Number(index)]!.read();
      assertEquals([frame.height, frame.width], original);
      const size = frameSize(frame);
      assertEquals([size.height, size.width], resized);
      assertAlmostEquals(frameTensor(frame).sum().dataSync()[0]! / sum, 1, 1e-6);
      const file = String(index).padStart(5, "0");
      const exact = await decode(`${g.folder}/video_${sequence}_${file}_resized.png`);
      const input = frameTensor(exact);
      const every = input.stridedSlice([0, 0, 0, 0], input.shape, [1, 40, 40, 1]);
      g.near(
        every.squeeze<tf.Tensor3D>([0]).transpose([2, 0, 1]),
        `frame.${name}.network_input_every40`,
      );
    }
    for (const sequence of Object.keys(g.json.first_labels)) {
      const { frames: [frame] } = await open(sequence);
      const [, channels, rows, columns] = g.shape(`first_labels.${sequence}`) as Shape;
      const labels = firstLabels(await frame!.mask!(), { rows, columns });
      g.near(
        labels.transpose().reshape([1, channels, rows, columns]),
        `first_labels.${sequence}`,
      );
    }
  }, { files });

  golden(set, "objects are followed as officially, and score as much", async (g) => {
    using encoder = vitEncoder(network(g), { heads: 3 });
    for (const [name, run] of Object.entries<Run>(g.json.runs)) {
      const { frames, ...video } = await open(run.sequence);
      // Short runs to their end; of the others as much as takes seconds.
      const whole = run.frames <= 10;
      const part = frames.slice(0, whole ? run.frames : 4);
      const first = await part[0]!.mask!();
      const masks: Mask[] = [first];
      const tracked = trackObjects(part.map(({ read }) => read()), first, {
        encoder,
        lastFrames: run.n_last_frames,
        reach: run.neighborhood,
        topk: run.topk,
      });
      for await (const { frame, mask, labels } of tracked) {
        masks.push(mask);
        const map = `run.${name}.label_map.${frame}`;
        if (g.names.includes(map)) {
          g.near(labels.transpose().reshape(g.shape(map)), map);
        }
        const file = `${String(frame).padStart(5, "0")}.png`;
        const official = await decodeMask(
          await Deno.readFile(`${g.folder}/video_masks/${name}/${file}`),
        );
        const equal = mask.data.filter((label, i) => label === official.data[i]).length;
        assert(equal / mask.data.length >= 0.999, `${name}, frame ${frame}: ${equal}`);
      }
      if (!whole) continue;
      const truth = await Promise.all(part.map(({ mask }) => mask!()));
      const score = meanOfObjects(scoreVideo(truth, masks));
      const mean = (of: "J" | "F") =>
        run.scores[of].M.reduce((a, b) => a + b, 0) / run.scores[of].M.length;
      assertAlmostEquals(score.J.mean, mean("J"), 0.002, video.name);
      assertAlmostEquals(score.F.mean, mean("F"), 0.002, video.name);
    }
  }, { files });
});

type Frame = { original: number[]; resized: number[]; sum: number };
