import * as tf from "@tensorflow/tfjs";

/** Rows and columns of patches. */
export type Grid = readonly [rows: number, columns: number];

/** Options of {@linkcode resizePositions}. */
export type ResizePositionsOptions = {
  /**
   * What is added to the number of places on a side before the scale is taken: 0.1 in DINO and in
   * Mugs, against rounding, so that places are sampled a little more densely; 0 in BEiT and in
   * Mugs' fine-tuning, which ask for a size.
   */
  surplus?: number;
  /** The grid that the embeddings are of; by default a square. */
  from?: Grid;
};

/**
 * Position embeddings `[1, 1 + patches, width]` of a grid for another grid, by the reference's bicubic interpolation. It is one product with a constant matrix, so gradients flow
 * and shapes are static. The first row, that of the class token, stays.
 *
 * @throws {RangeError} If the embeddings are not of that grid.
 */
export function resizePositions(
  positions: tf.Tensor3D,
  to: Grid,
  { surplus = 0.1, from }: ResizePositionsOptions = {},
): tf.Tensor3D {
  const count = positions.shape[1] - 1;
  const old: Grid = from ?? [Math.sqrt(count), Math.sqrt(count)];
  if (!Number.isInteger(old[0]) || old[0] * old[1] !== count) {
    const grid = from ? `a grid of ${from.join(" x ")}` : "a square grid";
    throw new RangeError(`Cannot resize ${count} positions: they do not form ${grid}`);
  }
  if (to[0] === old[0] && to[1] === old[1]) return positions;
  const matrix = tf.tensor2d(bicubicMatrix(old, to, surplus), [1 + to[0] * to[1], 1 + count]);
  return tf.matMul(matrix, positions.squeeze<tf.Tensor2D>([0])).expandDims(0);
}

/** Rows first: how each new token's position is made of the old ones, class token included. */
function bicubicMatrix(old: Grid, [rows, columns]: Grid, surplus: number): Float32Array {
  const vertical = bicubic(old[0], rows, surplus);
  const horizontal = bicubic(old[1], columns, surplus);
  const width = 1 + old[0] * old[1];
  const matrix = new Float32Array((1 + rows * columns) * width);
  matrix[0] = 1;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const row = (1 + y * columns + x) * width + 1;
      for (const [i, a] of vertical[y]!) {
        for (const [j, b] of horizontal[x]!) matrix[row + i * old[1] + j]! += a * b;
      }
    }
  }
  return matrix;
}

/**
 * For each of `count` places the four old places it is made of, with their weights: the cubic
 * convolution kernel with a = -0.75, pixel centers at halves, border places repeated, as
 * `F.interpolate(mode="bicubic")` at the scale (count + surplus) / side.
 */
function bicubic(side: number, count: number, surplus: number): [number, number][][] {
  return Array.from({ length: count }, (_, place) => {
    const source = (place + 0.5) * side / (count + surplus) - 0.5;
    const first = Math.floor(source);
    return [-1, 0, 1, 2].map((step): [number, number] => [
      Math.min(side - 1, Math.max(0, first + step)),
      kernel(Math.abs(source - first - step)),
    ]);
  });
}

function kernel(distance: number, a = -0.75): number {
  return distance <= 1
    ? ((a + 2) * distance - (a + 3)) * distance ** 2 + 1
    : a * (((distance - 5) * distance + 8) * distance - 4);
}
