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

/** What a step works on: its state, the sizes of its network, and the tokens that it learns from. */
export type StepWork = {
  state: Shapes;
  network: Pick<Config, "width" | "depth" | "mlpRatio">;
  tokens: number;
};

/** About how much memory a step takes: what is kept of its tokens, and the state. */
export function memoryOf({ state, network, tokens }: StepWork): StepMemory {
  const { width, depth, mlpRatio } = network;
  const stateBytes = copiesOfState * bytes * sizeOf(state);
  const tokenBytes = bytes * width * tokens;
  const inBlock = tokenBytes * (keptInBlock + mlpRatio);
  return {
    lean: stateBytes + depth * inBlock,
    recompute: stateBytes + inBlock + depth * tokenBytes,
  };
}

/** The tokens of images in a vision transformer. */
export function tokensOf(
  { images, size, patchSize }: { images: number; size: number; patchSize: number },
): number {
  return images * (1 + (size / patchSize) ** 2);
}

/**
 * About how much memory a step of pre-training takes. A residual network is taken to fit, since
 * there is no other layout for it.
 */
export function stepMemory(config: Config): StepMemory {
  const { patchSize, batchSize, resnet } = config;
  const views = resnet ? [] : studentViews(config);
  const tokens = views.reduce(
    (sum, { size, count }) => sum + tokensOf({ images: batchSize * count, size, patchSize }),
    0,
  );
  return memoryOf({ state: stateShapes(config), network: config, tokens });
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
