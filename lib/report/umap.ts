import { Random } from "../random/mod.ts";

/** How {@linkcode umap} lays out. */
export type UmapOptions = {
  /** Neighbors that stay near: few show detail, many the whole. */
  neighbors?: number;
  /** How close points may lie. */
  minDistance?: number;
  seed?: number;
};

/**
 * Features laid out in the plane so that those which are alike by cosine lie near each other; the same for the same seed. Distances
 * between far groups and the axes mean nothing. A thousand images take some seconds.
 *
 * Source: McInnes et al. 2018, by the library umap-js.
 *
 * @param rows `[images][width]`.
 * @returns `[images][2]`.
 * @throws {RangeError} If there are too few images to have neighbors.
 */
export async function umap(
  rows: readonly ArrayLike<number>[],
  { neighbors = 15, minDistance = 0.1, seed = 0 }: UmapOptions = {},
): Promise<number[][]> {
  if (rows.length < 4) throw new RangeError(`Cannot lay out ${rows.length} images: at least 4`);
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
