/**
 * The names and shapes of a backbone's tensors, in the order in which they are drawn and stored.
 */
export type Shapes = Record<string, number[]>;

/** How many numbers tensors of these shapes hold. */
export function parameterCount(shapes: Shapes): number {
  const sizes = Object.values(shapes).map((shape) => shape.reduce((product, n) => product * n, 1));
  return sizes.reduce((sum, size) => sum + size, 0);
}
