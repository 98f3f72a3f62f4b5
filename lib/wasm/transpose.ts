import type { TensorInfo } from "@tensorflow/tfjs";
import type { Replacement } from "./replacement.ts";

/** A transposition: axis `i` of the result is axis `perm[i]` of a tensor of this shape. */
export type Transposition = { shape: number[]; perm: number[] };

/**
 * `tf.transpose` of five and more axes as transpositions of at most four axes, for which the
 * backend has specialized loops: splitting the heads of an attention takes a fraction of the time.
 */
export const transpose: Replacement<"x"> = {
  name: "Transpose",
  make: (backend, native) => ({ x }, attrs) => {
    const perm = attrs.perm as number[];
    const shape = perm.map((axis) => x.shape[axis]!);
    let current: TensorInfo = x;
    for (const part of decompose(x.shape, perm)) {
      const next = native({ x: { ...current, shape: part.shape } }, { perm: part.perm });
      if (current !== x) backend.disposeData(current.dataId);
      current = next;
    }
    return { ...current, shape };
  },
};

/**
 * Transpositions of at most four axes that, one after the other, make up a transposition of any
 * number of axes. Axes that stay side by side count as one; as long as there are too many, the
 * first axis that is not in its place is moved there alone.
 */
export function decompose(shape: readonly number[], perm: readonly number[]): Transposition[] {
  const merged = merge(shape, perm);
  if (merged.perm.length <= 4) return [merged];
  const { shape: sizes, perm: order } = merged;
  const product = (axes: number[]) => axes.reduce((all, size) => all * size, 1);
  // The first axis may be in its place already; then the axis of the second place is moved.
  const place = order[0] === 0 ? 1 : 0;
  const axis = order[place]!;
  const size = sizes[axis]!;
  const [lead, before, after] = [
    sizes.slice(0, place),
    sizes.slice(place, axis),
    sizes.slice(axis + 1),
  ];
  return [
    { shape: [product(lead), product(before), size, product(after)], perm: [0, 2, 1, 3] },
    ...decompose(
      [...lead, size, ...before, ...after],
      order.map((from) => from === axis ? place : from >= place && from < axis ? from + 1 : from),
    ),
  ];
}

/** The same transposition with axes that stay side by side as one, and without axes of size one. */
function merge(shape: readonly number[], perm: readonly number[]): Transposition {
  const runs: { first: number; last: number; size: number }[] = [];
  for (const axis of perm) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const run = runs.at(-1);
    const adjacent = run && run.last < axis &&
      shape.slice(run.last + 1, axis).every((skipped) => skipped === 1);
    if (adjacent) Object.assign(run, { last: axis, size: run.size * size });
    else runs.push({ first: axis, last: axis, size });
  }
  const order = runs.toSorted((a, b) => a.first - b.first);
  return { shape: order.map(({ size }) => size), perm: runs.map((run) => order.indexOf(run)) };
}
