import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import type { Shapes } from "../tree/mod.ts";
import { stateShapes } from "./state.ts";

/** About how many bytes of memory a step takes at its peak, by what is kept for its gradients. */
export type StepMemory = {
  /** Neither the weights of attention nor the insides of GELU. */
  lean: number;
  /** The inputs of blocks alone. */
  recompute: number;
};

const bytes = 4; // of a float32

/**
 * Widths of numbers that a block keeps of a token, besides the hidden units of its perceptron: two
 * normalized inputs and what is made of each, queries, keys and values, what is heard in two
 * orders, and what two branches come to.
 */
const keptInBlock = 11;

/** The state before and after a step, the gradients, and the copies by which parameters move. */
const copiesOfState = 3;

/**
 * About how much memory a step takes: what is kept of the student's tokens, and the state. A
 * residual network is taken to fit, since there is no other layout for it.
 */
export function stepMemory(config: Config): StepMemory {
  const { width, depth, mlpRatio, patchSize, batchSize, resnet } = config;
  const state = copiesOfState * bytes * sizeOf(stateShapes(config));
  if (resnet) return { lean: state, recompute: state };
  const views = studentViews(config).map(({ size, count }) => {
    const tokens = 1 + (size / patchSize) ** 2;
    return batchSize * count * tokens;
  });
  const tokens = bytes * width * views.reduce((sum, tokens) => sum + tokens, 0);
  const inBlock = tokens * (keptInBlock + mlpRatio);
  return {
    lean: state + depth * inBlock,
    recompute: state + inBlock + depth * tokens,
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
