import type { Shapes } from "../tree/mod.ts";

/** The shapes of tensors by name, in memory or in a file. */
export function shapesOf(tensors: Record<string, { shape: number[] }>): Shapes {
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
}

/** How many numbers tensors of these shapes hold. */
export function parameterCount(shapes: Shapes): number {
  const sizes = Object.values(shapes).map((shape) => shape.reduce((product, n) => product * n, 1));
  return sizes.reduce((sum, size) => sum + size, 0);
}
