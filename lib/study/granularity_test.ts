import { assert, assertEquals } from "@std/assert";
import { configure } from "../jobs/mod.ts";
import { type Cell, cellName, methodName } from "./cell.ts";
import { granularityDesign } from "./granularity.ts";

const { cells, preset, overrides } = granularityDesign;

const plainCell = { part: "combinations", seed: 3, budget: 1, overrides: {} } as const;

Deno.test("cellName() says supervisions, seed, budget and what else differs", () => {
  const lossWeights = [0, 1, 0] as const;
  const cell: Cell = { ...plainCell, kind: "trained", lossWeights };
  assertEquals(cellName(cell), "LGDS, seed 3");
  const other = { ...cell, budget: 0.5, overrides: { neighbors: 4 } };
  assertEquals(cellName(other), "LGDS, seed 3, budget 0.5, neighbors 4");
  assertEquals(methodName({ ...cell, lossWeights: [1, 0, 1] }), "IDS + GDS");
  assertEquals(methodName({ ...cell, lossWeights: [1, 1, 0.5] }), "weights 1 : 1 : 0.5");
  assertEquals(cellName({ ...plainCell, kind: "untrained" }), "untrained, seed 3");
});

Deno.test("granularityDesign has every cell once, and each is a configuration of Mugs", () => {
  const names = cells.map(cellName);
  assertEquals(names.filter((name, i) => names.indexOf(name) !== i), []);
  for (const cell of cells) {
    const lossWeights = cell.kind === "trained" ? { lossWeights: [...cell.lossWeights] } : {};
    const fields = { ...overrides, ...cell.overrides, ...lossWeights };
    configure({ method: "mugs", preset, overrides: fields as Record<string, never> });
  }
});

Deno.test("granularityDesign has all combinations of a seed before the next one begins", () => {
  const trained = cells.filter(({ part }) => part === "combinations");
  assertEquals(trained.map(({ seed }) => seed), [0, 1, 2, 3, 4].flatMap((s) => Array(7).fill(s)));
  for (const [, group] of Map.groupBy(trained, ({ seed }) => seed)) {
    assertEquals(new Set(group.map(methodName)).size, 7);
  }
  const first = cells.findIndex(({ part }) => part === "budgets");
  assert(cells.slice(first).every(({ part }) => part !== "combinations"));
});

Deno.test("granularityDesign has weights of one sum on its grid, none of them a combination", () => {
  for (const cell of cells.filter(({ part }) => part === "weights")) {
    assert(cell.kind === "trained");
    assertEquals(cell.lossWeights.reduce((a, b) => a + b), 3);
    assert(methodName(cell).startsWith("weights "));
  }
});
