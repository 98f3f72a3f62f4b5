/**
 * The x with A x = b, for a positive definite A that is given by its products, by conjugate
 * gradients.
 *
 * Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 5.2.
 */
export function conjugateGradients(
  product: (v: Float64Array) => Float64Array,
  b: Float64Array,
): Float64Array {
  const x = new Float64Array(b.length);
  const rest = b.slice();
  let direction = b.slice();
  let length = dot(rest, rest);
  const enough = length * 1e-20;
  for (let i = 0; i < 2 * b.length && length > enough; i++) {
    const image = product(direction);
    const size = length / dot(direction, image);
    for (let j = 0; j < x.length; j++) {
      x[j]! += size * direction[j]!;
      rest[j]! -= size * image[j]!;
    }
    const next = dot(rest, rest);
    direction = rest.map((r, j) => r + next / length * direction[j]!);
    length = next;
  }
  return x;
}

/** The sum of the products of two lists of numbers. */
export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
