import { displayed } from "./displayed.ts";
import { inBrackets } from "./effect_table.ts";
import { interval } from "./interval.ts";
import type { Table } from "./specification.ts";
import {
  allSupervisions,
  bySeed,
  levelsOf,
  type Measure,
  paired,
  scoreOf,
} from "./study_scores.ts";
import type { StudyRow } from "./study_row.ts";

/** Parts of a design that are shown elsewhere. */
const others = ["baselines", "combinations", "budgets", "weights"];

/**
 * What changes of the recipe are worth: the differences from all three supervisions as the preset
 * combines them, at every level, in the order of the design.
 *
 * @param measure Which scores; by default linear probes of the class token.
 * @returns A sentence instead where no change was measured.
 */
export function variationTable(
  rows: readonly StudyRow[],
  { readOut = "class token", protocol = "linear probe", data }: Omit<Measure, "level"> = {},
): Table | string {
  const changed = rows.filter(({ part }) => !others.includes(part));
  if (changed.length === 0) {
    return "No change of weights, queues, neighbors, temperatures or rates has been measured yet.";
  }
  const measures = levelsOf(rows).map((level) => ({ readOut, protocol, level, data }));
  const groups = Map.groupBy(changed, ({ cell, seed }) => cell.replace(`, seed ${seed}`, ""));
  return displayed({
    title: `Changes of the recipe: differences from ${allSupervisions}`,
    head: ["change", "seeds", ...measures.map(({ level }) => level)],
    rows: [...groups].map(([name, group]) => [
      name,
      `${group.length}`,
      ...measures.map((measure) => difference(group, rows, measure)),
    ]),
    notes:
      `In points of top-1 by ${protocol} of the ${readOut}, under the same seeds: mean ± 95 % ` +
      "interval; in brackets where that includes zero or there is one seed.",
  });
}

function difference(
  group: readonly StudyRow[],
  rows: readonly StudyRow[],
  measure: Measure,
): string {
  const scores = group.flatMap((row) => {
    const score = scoreOf(row, measure);
    return score ? [[row.seed, score.top1] as const] : [];
  });
  const differences = paired(new Map(scores), bySeed(rows, allSupervisions, measure));
  return inBrackets(differences.length > 0 ? interval(differences) : null);
}
