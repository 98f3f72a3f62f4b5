import type { MugsConfig } from "../configs/mod.ts";
import { type LossWeights, supervisionNames, untrainedName } from "../report/mod.ts";

/** The parts of a design, in the order in which they are usually done. */
export type Part =
  | "baselines"
  | "combinations"
  | "budgets"
  | "recipe"
  | "weights"
  | "neighbors"
  | "memory"
  | "temperatures"
  | "pointer";

/** What is trained, or only scored, in one cell of a design, as data. */
export type Cell =
  & { part: Part; seed: number; budget: number; overrides: Partial<MugsConfig> }
  & (
    | { kind: "trained"; lossWeights: LossWeights }
    | { kind: "untrained" }
    | { kind: "plain"; description: "raw pixels" | "color histogram" }
  );

/** The name of what a cell learns from: `IDS + GDS`, or by its weights where they differ. */
export function methodName(cell: Cell): string {
  if (cell.kind === "untrained") return untrainedName;
  if (cell.kind === "plain") return cell.description;
  const { lossWeights } = cell;
  if (lossWeights.some((weight) => weight !== 0 && weight !== 1)) {
    return `weights ${lossWeights.join(" : ")}`;
  }
  return supervisionNames.filter((_, i) => lossWeights[i] === 1).join(" + ");
}

/** The name of a cell, which no other one of the design has: `LGDS, seed 3, budget 2`. */
export function cellName(cell: Cell): string {
  const { seed, budget, overrides } = cell;
  return [
    methodName(cell),
    ...cell.kind === "plain" ? [] : [`seed ${seed}`],
    ...budget === 1 ? [] : [`budget ${budget}`],
    ...Object.entries(overrides).map(([name, value]) => `${name} ${value}`),
  ].join(", ");
}
