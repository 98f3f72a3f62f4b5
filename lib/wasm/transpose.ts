import type { TensorInfo } from "@tensorflow/tfjs";
import type { Replacement } from "./replacement.ts";

/** A transposition of fewer axes of the same numbers. */
export type Transposition = { shape: number[]; perm: number[] };

/**
 * `tf.transpose` of five axes and more as some of at most four, for which the backend has loops of their own: splitting the
 * heads of an attention takes a fraction of the time.
 */
export const transpose: Replacement = {
  name: "Transpose",
  make: (backend, native) => ({ x }, { perm }) => {
    const outShape = (perm as number[]).map((axis) => x.shape[axis]);
    let current: TensorInfo = x;
    for (const { shape, perm: part } of decompose(x.shape, perm as number[])) {
      const next = native({ x: { ...current, shape } }, { perm: part });
      if (current !== x) backend.disposeData(current.dataId);
      current = next;
    }
    return { ...current, shape: outShape };
  },
};

/**
 * The transpositions of at most four axes, one after the other, that make up one of any number: axes that stay side by side
 * are taken as one, and as long as there are too many the first one is brought to its place alone.
 */
export function decompose(shape: readonly number[], perm: readonly number[]): Transposition[] {
  const merged = merge(shape, perm);
  if (merged.perm.length <= 4) return [merged];
  const { shape: sizes, perm: order } = merged;
  const product = (axes: number[]) => axes.reduce((all, size) => all * size, 1);
  // The first axis may be at its place already; the one of the next place goes there past all before it.
  const place = order[0] === 0 ? 1 : 0;
  const axis = order[place];
  const [lead, before, after] = [
    sizes.slice(0, place),
    sizes.slice(place, axis),
    sizes.slice(axis + 1),
  ];
  return [
    { shape: [product(lead), product(before), sizes[axis], product(after)], perm: [0, 2, 1, 3] },
    ...decompose(
      [...lead, sizes[axis], ...before, ...after],
      order.map((from) => from === axis ? place : from >= place && from < axis ? from + 1 : from),
    ),
  ];
}

/** The same transposition with axes that stay side by side as one; axes of one element have no place to be in. */
function merge(shape: readonly number[], perm: readonly number[]): Transposition {
  const runs: number[][] = [];
  for (const axis of perm.filter((axis) => shape[axis] !== 1)) {
    const run = runs.at(-1);
    const skipped = run ? shape.slice(run.at(-1)! + 1, axis) : [];
    if (run && run.at(-1)! < axis && skipped.every((size) => size === 1)) run.push(axis);
    else runs.push([axis]);
  }
  const order = runs.map((run) => run[0]).toSorted((a, b) => a - b);
  const sizeOf = (first: number) =>
    runs.find((run) => run[0] === first)!.reduce((all, axis) => all * shape[axis], 1);
  return { shape: order.map(sizeOf), perm: runs.map((run) => order.indexOf(run[0])) };
}
