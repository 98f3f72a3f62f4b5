/** The grid of places of an image, one a patch. */
export type Grid = { rows: number; columns: number };

/**
 * Which places may tell a place its label: those at most `reach` rows and columns away, as
 * `[places, places]` of 0 and 1, the targets first (`restrict_neighborhood` of the reference).
 */
export function neighborhood({ rows, columns }: Grid, reach: number): Float32Array {
  const places = rows * columns;
  const near = new Float32Array(places * places);
  for (let target = 0; target < places; target++) {
    const [y, x] = [Math.floor(target / columns), target % columns];
    for (let sy = Math.max(0, y - reach); sy <= Math.min(rows - 1, y + reach); sy++) {
      const start = target * places + sy * columns;
      near.fill(1, start + Math.max(0, x - reach), start + Math.min(columns, x + reach + 1));
    }
  }
  return near;
}
