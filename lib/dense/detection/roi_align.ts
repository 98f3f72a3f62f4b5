import * as tf from "@tensorflow/tfjs";
import type { MapSize } from "../../nn/mod.ts";
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

/**
 * RoIAlign as two products: of the rows that the bins of regions take, and of the columns. Its
 * gradient with respect to the map is that of products.
 *
 * @param map `[images, rows, columns, channels]`.
 * @return `[images, regions, bins, bins, channels]`.
 */
export function roiAlign(map: tf.Tensor4D, weights: RoiWeights): tf.Tensor5D {
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
