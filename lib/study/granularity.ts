import type { MugsConfig } from "../configs/mod.ts";
import type { LossWeights } from "../report/mod.ts";
import type { Cell, Part } from "./cell.ts";

/** A study as data: what all its trainings share, and its cells in the order of importance. */
export type Design = {
  /** The preset of Mugs, and fields that differ from it in all cells. */
  preset: string;
  overrides: Partial<MugsConfig>;
  /** Epochs of the main budget. */
  epochs: number;
  cells: readonly Cell[];
};

const single: readonly LossWeights[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
const pairs: readonly LossWeights[] = [[1, 1, 0], [1, 0, 1], [0, 1, 1]];
const all: LossWeights = [1, 1, 1];

/**
 * Weights between those of the combinations, a quarter apart, whose sum is 3 as that of the paper's
 * equal weights.
 */
const between: readonly LossWeights[] = [
  ...[[1.5, 0.75, 0.75], [0.75, 1.5, 0.75], [0.75, 0.75, 1.5]] as const,
  ...[[2.25, 0.75, 0], [2.25, 0, 0.75], [0.75, 2.25, 0]] as const,
  ...[[0, 2.25, 0.75], [0.75, 0, 2.25], [0, 0.75, 2.25]] as const,
];

/** Changes of all three supervisions, a part of the design each. */
const variations: readonly [Part, readonly Partial<MugsConfig>[]][] = [
  ["neighbors", [{ neighbors: 1 }, { neighbors: 4 }, { neighbors: 16 }, { neighbors: 32 }]],
  ["memory", [{ memory: 256 }, { memory: 512 }, { memory: 1024 }, { memory: 4096 }]],
  [
    "temperatures",
    [
      ...[{ instanceTemperature: 0.05 }, { instanceTemperature: 0.2 }],
      ...[{ localGroupTemperature: 0.05 }, { localGroupTemperature: 0.2 }],
      ...[{ studentTemperature: 0.05 }, { studentTemperature: 0.2 }],
    ],
  ],
  ["pointer", [{ memoryPointer: "reference" }]],
];

/** What might make a better recipe of the small preset than the paper's equal weights. */
const recipes: readonly [LossWeights, Partial<MugsConfig>][] = [
  [[1, 1, 0.5], {}],
  [[0.5, 1, 0], {}],
  [[1, 1, 0], { learningRate: 3e-3 }],
  [[0, 1, 0], { learningRate: 3e-3 }],
  [all, { learningRate: 3e-3 }],
  [[1, 1, 0], { instanceQueue: 512, localGroupQueue: 512, memory: 512 }],
  [all, { instanceQueue: 512, localGroupQueue: 512, memory: 512 }],
  [all, { prototypes: 256 }],
];

function trained(
  part: Part,
  lossWeights: LossWeights,
  { seed = 0, budget = 1, overrides = {} }: Partial<Cell> = {},
): Cell {
  return { kind: "trained", part, lossWeights, seed, budget, overrides };
}

/** All seven combinations of the supervisions, and the network before training. */
function combinations(seed: number): Cell[] {
  return [
    { kind: "untrained", part: "baselines", seed, budget: 1, overrides: {} },
    ...[...single, all, ...pairs].map((weights) => trained("combinations", weights, { seed })),
  ];
}

/** What needs no network. */
const plain = (["raw pixels", "color histogram"] as const).map((description): Cell => {
  return { kind: "plain", part: "baselines", description, seed: 0, budget: 1, overrides: {} };
});

const [main, others] = [[0, 1, 2, 3, 4], [0, 1, 2]];

/**
 * What each supervision of Mugs adds: all seven combinations, seed after seed, so that differences
 * under the same seed are there early; then other budgets, recipes, weights on a grid, and what
 * else the local-group supervision depends on.
 */
export const granularityDesign: Design = {
  preset: "tiny",
  overrides: { localCrops: 2 },
  epochs: 4,
  cells: [
    ...plain,
    ...main.flatMap(combinations),
    ...others.flatMap((seed) =>
      [0.5, 2, 4, 8].flatMap((budget) =>
        [...single, all].map((weights) => trained("budgets", weights, { seed, budget }))
      )
    ),
    ...others.flatMap((seed) =>
      recipes.map(([weights, overrides]) => trained("recipe", weights, { seed, overrides }))
    ),
    ...others.flatMap((seed) => between.map((weights) => trained("weights", weights, { seed }))),
    ...others.flatMap((seed) =>
      variations.flatMap(([part, changes]) =>
        changes.map((overrides) => trained(part, all, { seed, overrides }))
      )
    ),
  ],
};
