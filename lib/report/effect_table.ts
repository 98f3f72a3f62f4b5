import { displayed } from "./displayed.ts";
import { addedEffect, factorialEffects } from "./factorial_effects.ts";
import { type Interval, interval, isClear } from "./interval.ts";
import type { Table } from "./specification.ts";
import {
  bySeed,
  combinationNames,
  levelsOf,
  type Measure,
  paired,
  supervisionNames,
  untrainedName,
} from "./study_scores.ts";
import type { StudyRow } from "./study_row.ts";

const remarks =
  "All in points of top-1, the mean over seeds ± its 95 % interval (Student's t); in " +
  "brackets where that includes zero or there is one seed.\n" +
  "alone: from the network before training to this supervision. added to others: the mean over " +
  "the three combinations without it.\nmain: the mean over all four choices of the others, in the " +
  "full design whose empty cell is the network before training.\n×: by how much more one adds " +
  "where the other is there.";

/**
 * The effects of the supervisions at every level: each alone, added to the others, and in the full
 * factorial design with its interactions.
 *
 * @param measure Which scores; by default linear probes of the class token.
 */
export function effectTable(
  rows: readonly StudyRow[],
  { readOut = "class token", protocol = "linear probe", data }: Omit<Measure, "level"> = {},
): Table {
  const columns = levelsOf(rows).map((level) => {
    const measure = { readOut, protocol, level, data };
    return { level, effects: effectsAt(rows, measure) };
  });
  const names = columns[0]?.effects.map(({ name }) => name) ?? [];
  return displayed({
    title: `Effects on the ${readOut}, by ${protocol}`,
    head: ["effect", ...columns.map(({ level }) => level)],
    rows: names.map((
      name,
      i,
    ) => [name, ...columns.map(({ effects }) => inBrackets(effects[i]!.effect))]),
    notes: remarks,
  });
}

/** The effects at a level, in the order of the table; `null` where combinations are missing. */
function effectsAt(
  rows: readonly StudyRow[],
  measure: Measure,
): { name: string; effect: Interval | null }[] {
  const scores = new Map(
    [untrainedName, ...combinationNames].map((name) => [name, bySeed(rows, name, measure)]),
  );
  const factorial = factorialEffects(scores);
  const factorialOf = (name: string) => factorial.find((effect) => effect.name === name) ?? null;
  const [a, b, c] = supervisionNames;
  const interactions = [[a, b], [a, c], [b, c], [a, b, c]].map((pair) => pair.join(" × "));
  return [
    ...supervisionNames.flatMap((name) => {
      const alone = paired(scores.get(name)!, scores.get(untrainedName)!);
      return [
        { name: `${name}, alone`, effect: alone.length > 0 ? interval(alone) : null },
        { name: `${name}, added to others`, effect: addedEffect(scores, name) },
        { name: `${name}, main`, effect: factorialOf(name) },
      ];
    }),
    ...interactions.map((name) => ({ name, effect: factorialOf(name) })),
  ];
}

/**
 * An effect as a table shows it: in brackets unless it is clear, and a dash where there is none.
 */
export function inBrackets(effect: Interval | null): string {
  if (effect === null) return "-";
  const { mean, half } = effect;
  const text = `${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(1)}` +
    (half === null ? "" : ` ± ${half.toFixed(1)}`);
  return isClear(effect) ? text : `(${text})`;
}
