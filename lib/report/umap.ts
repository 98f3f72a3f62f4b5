import { Random } from "../random/mod.ts";
import { checkEven } from "./check_given.ts";

/** Options of {@linkcode umap}. */
export type UmapOptions = {
  /** The number of neighbors that stay near: few show details, many show the whole. */
  neighbors?: number;
  /** The smallest distance between points. */
  minDistance?: number;
  seed?: number;
};

/**
 * Places of features in the plane, such that features of high cosine lie near each other; the
 * result depends on the seed alone. Neither the axes nor the distances between far groups have a
 * meaning. A thousand images take a few seconds.
 *
 * Source: McInnes et al., "UMAP: Uniform Manifold Approximation and Projection" (2018), as
 * implemented by the library umap-js.
 *
 * @param rows `[images][width]`.
 * @returns `[images][2]`.
 * @throws {RangeError} If there are too few images to have neighbors, or features that are of
 * different widths, NaN or infinite.
 */
export async function umap(
  rows: readonly ArrayLike<number>[],
  { neighbors = 15, minDistance = 0.1, seed = 0 }: UmapOptions = {},
): Promise<number[][]> {
  if (rows.length < 4) throw new RangeError(`Cannot lay out ${rows.length} images: at least 4`);
  checkEven(rows, "features in the plane");
  if (!rows.every((row) => Array.from(row).every(Number.isFinite))) {
    throw new RangeError("Cannot lay out features that are NaN or infinite: leave them out");
  }
  const { UMAP } = await import("umap-js");
  const random = new Random(`${seed}/umap`);
  const layout = new UMAP({
    nNeighbors: Math.min(neighbors, rows.length - 1),
    minDist: minDistance,
    random: () => random.uniform(),
  });
  return layout.fit(rows.map(unit));
}

/** A row of length 1, so that distance follows cosine. */
function unit(row: ArrayLike<number>): number[] {
  const values = Array.from(row);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / Math.max(length, 1e-12));
}
