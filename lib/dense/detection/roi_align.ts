import * as tf from "@tensorflow/tfjs";
import { customGradient, late, type MapSize } from "../../nn/mod.ts";
import { boxCount, type Boxes, cornersOf } from "./boxes.ts";
import { type RoiBinOptions, roiBins } from "./roi_bins.ts";

/** What the bins of regions take from the rows and the columns of a map. */
export type RoiWeights = {
  /** `[images, regions, bins, rows]`. */
  rows: tf.Tensor4D;
  /** `[images, regions, bins, columns]`. */
  columns: tf.Tensor4D;
};

/** Options of {@linkcode roiWeights}. */
export type RoiWeightsOptions = Omit<RoiBinOptions, "length"> & {
  /** Regions of an image, of which those that are missing take nothing. */
  count: number;
  /** Which regions take something from this map, by image and number; by default all do. */
  takes?: (image: number, region: number) => boolean;
};

/** The weights of the regions of each image on a map. */
export function roiWeights(
  regions: readonly Boxes[],
  [rows, columns]: MapSize,
  { count, takes = () => true, ...options }: RoiWeightsOptions,
): RoiWeights {
  const { bins } = options;
  const values = [rows, columns].map((length) =>
    new Float32Array(regions.length * count * bins * length)
  );
  for (const [image, boxes] of regions.entries()) {
    for (let region = 0; region < boxCount(boxes); region++) {
      if (!takes(image, region)) continue;
      const [left, top, right, bottom] = cornersOf(boxes, region);
      const at = (image * count + region) * bins;
      fill(values[0]!, at, [[top, bottom], { ...options, length: rows }]);
      fill(values[1]!, at, [[left, right], { ...options, length: columns }]);
    }
  }
  const tensor = (values: Float32Array, length: number) =>
    tf.tensor4d(values, [regions.length, count, bins, length]);
  return { rows: tensor(values[0]!, rows), columns: tensor(values[1]!, columns) };
}

function fill(values: Float32Array, row: number, side: Parameters<typeof roiBins>): void {
  const [, { length }] = side;
  for (const [bin, { first, weights }] of roiBins(...side).entries()) {
    values.set(weights, (row + bin) * length + first);
  }
}

/** Numbers of the strips of a map that are computed at a time, which bounds the memory: 64 MiB. */
const STRIPS = 2 ** 24;

/** Options of {@linkcode roiAlign}. */
export type RoiAlignOptions = {
  /** The most regions of an image at a time; by default as many as take some 64 MiB. */
  atOnce?: number;
};

/**
 * RoIAlign as two products: of the rows that the bins of regions take, and of the columns. The
 * strips between the two are far larger than maps and results, so that many regions are computed in
 * parts, one after the other; the gradient with respect to the map is that of the same products.
 *
 * @param map `[images, rows, columns, channels]`.
 * @return `[images, regions, bins, bins, channels]`.
 */
export function roiAlign(
  map: tf.Tensor4D,
  weights: RoiWeights,
  { atOnce }: RoiAlignOptions = {},
): tf.Tensor5D {
  const [images, , columns, channels] = map.shape;
  const [, regions, bins] = weights.rows.shape;
  const most = atOnce ?? Math.max(1, Math.floor(STRIPS / (images * bins * columns * channels)));
  if (regions <= most) return align(map, weights);
  const starts = Array.from({ length: Math.ceil(regions / most) }, (_, i) => i * most);
  const part = (start: number, done?: tf.Tensor): RoiWeights => ({
    rows: partOf(weights.rows, [start, most], done),
    columns: partOf(weights.columns, [start, most], done),
  });
  const inParts = customGradient(
    (map: tf.Tensor4D) => {
      const parts: tf.Tensor5D[] = [];
      for (const start of starts) parts.push(align(map, part(start, parts.at(-1))));
      return { value: tf.concat(parts, 1), saved: {} };
    },
    (dy: tf.Tensor5D) => {
      let sum: tf.Tensor4D | undefined;
      for (const start of starts) {
        const gradient = alignGradient(partOf(dy, [start, most], sum), part(start, sum), map.shape);
        sum = sum ? sum.add(gradient) : gradient;
      }
      return [sum!];
    },
  );
  return inParts(map);
}

/** Some regions of a tensor `[images, regions, ...]`, which wait for what is done before. */
function partOf<T extends tf.Tensor>(x: T, [start, most]: [number, number], done?: tf.Tensor): T {
  const [images, regions, ...rest] = x.shape as [number, number, ...number[]];
  const begin = [0, start, ...rest.map(() => 0)];
  const part = tf.slice(x, begin, [images, Math.min(most, regions - start), ...rest]) as T;
  return done ? late(part, done) : part;
}

function align(map: tf.Tensor4D, weights: RoiWeights): tf.Tensor5D {
  const [images, rows, columns, channels] = map.shape;
  const [, regions, bins] = weights.rows.shape;
  const [, , across] = weights.columns.shape;
  const strips = tf.matMul(
    weights.rows.reshape<tf.Tensor3D>([images, regions * bins, rows]),
    map.reshape<tf.Tensor3D>([images, rows, columns * channels]),
  );
  const cells = tf.matMul(
    weights.columns.reshape<tf.Tensor4D>([images * regions, 1, across, columns]),
    strips.reshape<tf.Tensor4D>([images * regions, bins, columns, channels]),
  );
  return cells.reshape([images, regions, bins, across, channels]);
}

/** The gradient of {@linkcode align} with respect to a map of a shape. */
function alignGradient(
  dy: tf.Tensor5D,
  weights: RoiWeights,
  shape: tf.Tensor4D["shape"],
): tf.Tensor4D {
  const [images, rows, columns, channels] = shape;
  const [, regions, bins, across] = dy.shape;
  const strips = tf.matMul(
    weights.columns.reshape<tf.Tensor4D>([images * regions, 1, across, columns]),
    dy.reshape<tf.Tensor4D>([images * regions, bins, across, channels]),
    true,
  );
  return tf.matMul(
    weights.rows.reshape<tf.Tensor3D>([images, regions * bins, rows]),
    strips.reshape<tf.Tensor3D>([images, regions * bins, columns * channels]),
    true,
  ).reshape(shape);
}
