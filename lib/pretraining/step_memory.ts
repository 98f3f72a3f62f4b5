import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import type { Shapes } from "../tree/mod.ts";
import { stateShapes } from "./state.ts";

/** About how many bytes of memory a step takes at its peak, by its layout. */
export type StepMemory = {
  /** One function, in which all that gradients need is kept. */
  whole: number;
  /** One function, in which only the inputs of blocks are kept. */
  recompute: number;
};

const bytes = 4; // of a float32

/**
 * Numbers of width 1 that a block keeps of a token for the gradients, the hidden ones of the
 * perceptron aside: two normalized inputs and what is made of them, queries, keys and values, what
 * is heard, and what is projected of it.
 */
const keptInBlock = 11;

/** Numbers that GELU keeps, with the one that follows it. */
const keptInGelu = 3;

/** The state before and after a step, the gradients, and the copies by which parameters move. */
const copiesOfState = 3;

/**
 * About how much memory a step takes: what is kept of the student's tokens, and the state. A
 * residual network is taken to fit, since there is no other layout for it.
 */
export function stepMemory(config: Config): StepMemory {
  const { width, depth, heads, mlpRatio, patchSize, batchSize, resnet } = config;
  const state = copiesOfState * bytes * sizeOf(stateShapes(config));
  if (resnet) return { whole: state, recompute: state };
  const views = studentViews(config).map(({ size, count }) => {
    const tokens = 1 + (size / patchSize) ** 2;
    const kept = (keptInBlock + keptInGelu * mlpRatio) * width + heads * tokens;
    return { tokens: batchSize * count * tokens, kept };
  });
  const sum = (f: (view: typeof views[number]) => number) =>
    bytes * views.reduce((sum, view) => sum + f(view), 0);
  const inBlock = sum(({ tokens, kept }) => tokens * kept);
  const betweenBlocks = sum(({ tokens }) => tokens * width);
  return {
    whole: state + depth * inBlock,
    recompute: state + inBlock + depth * betweenBlocks,
  };
}

/** The student's views: how many of which size. */
function studentViews(config: Config): { size: number; count: number }[] {
  const method = methodOf(config);
  const groups = new Map<string, { size: number; count: number }>();
  for (const group of method.views(config)) {
    const views = "same" in group
      ? groups.get(group.same)!
      : { size: group.size, count: group.views.length };
    groups.set(group.name, views);
  }
  return method.studentViews.flatMap((name) => groups.get(name) ?? []);
}

function sizeOf(shapes: Shapes): number {
  return Object.values(shapes)
    .reduce((sum, shape) => sum + shape.reduce((product, n) => product * n, 1), 0);
}
