import { addedEffect } from "./factorial_effects.ts";
import { inPoints, type Interval, interval, isClear } from "./interval.ts";
import {
  allSupervisions,
  budgetsOf,
  bySeed,
  combinationNames,
  levelsOf,
  type Measure,
  paired,
  scoreOf,
  supervisionNames,
} from "./study_scores.ts";
import type { StudyRow } from "./study_row.ts";

/** What a supervision trains, and by what it is judged beside the class token. */
const trained: readonly { name: string; about: string; measure: Measure; what: string }[] = [
  {
    name: "IDS",
    about: "which makes views of an image agree",
    measure: { readOut: "class token", protocol: "retrieval", level: "image" },
    what: "the share of images that find their other view",
  },
  {
    name: "LGDS",
    about: "which makes images agree with their neighbors",
    measure: { readOut: "local-group token", protocol: "linear probe" },
    what: "that of the local-group token",
  },
  {
    name: "GDS",
    about: "which makes images agree on prototypes",
    measure: { readOut: "class token", protocol: "k-NN" },
    what: "k-NN of the class token",
  },
];

/**
 * The conclusion of a study in five sentences (Markdown), made from its rows: which combination is
 * best and how far that is from all three, what each supervision adds to the others, and whether
 * accuracy still grows with the budget. Each number is a paired difference over seeds with its 95 %
 * interval; where that includes zero, or there is one seed, it is called not clear.
 */
export function studyFindings(rows: readonly StudyRow[]): string {
  return [
    bestSentence(rows),
    ...trained.map((supervision) => addedSentence(rows, supervision)),
    budgetSentence(rows),
  ].map((sentence, i) => `${i + 1}. ${sentence}`).join("\n");
}

/** Which combination is best at each level, and its difference from all three together. */
function bestSentence(rows: readonly StudyRow[]): string {
  const clauses = levelsOf(rows).map((level) => {
    const scores = combinationNames.map((name) => ({ name, of: bySeed(rows, name, { level }) }))
      .filter((method) => method.of.size > 0)
      .map((method) => ({ ...method, ...interval([...method.of.values()]) }))
      .toSorted((a, b) => b.mean - a.mean);
    const [first] = scores;
    if (!first) return `${level} was not scored`;
    const top = `${first.name} with ${first.mean.toFixed(1)} % (${level})`;
    const all = bySeed(rows, allSupervisions, { level });
    if (first.name === allSupervisions || all.size === 0) return top;
    const difference = differenceOf(first.of, all);
    return difference ? `${top}, ${inPoints(difference)} from all three together` : top;
  });
  const scored = combinationNames.filter((name) => rows.some(({ method }) => method === name));
  return `By linear probe of the class token the best of the ${scored.length} combinations that ` +
    `were scored is ${clauses.join("; ")}.`;
}

function differenceOf(...[ours, theirs]: Parameters<typeof paired>): Interval | null {
  const differences = paired(ours, theirs);
  return differences.length > 0 ? interval(differences) : null;
}

/** What a supervision adds to the others, at all levels and by what it trains. */
function addedSentence(
  rows: readonly StudyRow[],
  { name, about, measure, what }: typeof trained[number],
): string {
  const levels = levelsOf(rows);
  const middle = levels[Math.floor(levels.length / 2)];
  const added = levels.flatMap((level) => {
    const effect = addedTo(rows, name, { level });
    return effect ? [`${level} ${inPoints(effect)}`] : [];
  });
  if (added.length === 0) {
    return `What ${name} adds to the others cannot be said: no seed has all seven combinations.`;
  }
  const level = measure.level ?? middle!;
  const other = addedTo(rows, name, { ...measure, level });
  const where = measure.level === undefined ? ` (${level})` : "";
  return `Added to the others, ${name}, ${about}, changes the linear probe of the class token: ` +
    `${added.join(", ")}${other ? `; and ${what}${where} ${inPoints(other)}` : ""}.`;
}

function addedTo(rows: readonly StudyRow[], name: string, measure: Measure): Interval | null {
  const scores = new Map(
    combinationNames.map((combination) => [combination, bySeed(rows, combination, measure)]),
  );
  return addedEffect(scores, name);
}

/** Whether accuracy has flattened: the last doubling of the budget of the best supervision. */
function budgetSentence(rows: readonly StudyRow[]): string {
  const levels = levelsOf(rows);
  const level = levels[Math.floor(levels.length / 2)];
  const curves = [...supervisionNames, allSupervisions].flatMap((method) => {
    const curve = curveOf(rows, method, level);
    const last = curve.at(-1);
    return last && curve.length > 1
      ? [{ method, curve, end: interval(last.scores.map(([, s]) => s)) }]
      : [];
  }).toSorted((a, b) => b.end.mean - a.end.mean);
  const [best] = curves;
  if (!best) {
    return "Whether accuracy still grows with the budget cannot be said: other budgets have not " +
      "been run.";
  }
  const [before, after] = best.curve.slice(-2);
  const gain = differenceOf(new Map(after!.scores), new Map(before!.scores));
  const times = (after!.images / before!.images).toFixed(1).replace(/\.0$/, "");
  const change = gain === null
    ? "but no seed has both budgets"
    : `by ${inPoints(gain)}, so that ${riseOf(gain)}`;
  return `From ${before!.images.toLocaleString("en-US")} to ` +
    `${after!.images.toLocaleString("en-US")} images seen, ${times} times as many, ` +
    `${best.method}, the best at the end, changes the linear probe (${level}) ${change}.`;
}

function riseOf(gain: Interval): string {
  if (!isClear(gain)) return "whether its curve still rises is not clear";
  return gain.mean > 0 ? "its curve still rises" : "its curve no longer rises";
}

/** The scores of a method by seed, from the smallest budget to the largest. */
function curveOf(rows: readonly StudyRow[], method: string, level: string | undefined) {
  const measure: Measure = { readOut: "class token", level };
  return budgetsOf(rows, method).map(({ images, rows }) => ({
    images,
    scores: rows.flatMap((row) => {
      const score = scoreOf(row, measure);
      return score ? [[row.seed, score.top1] as [number, number]] : [];
    }),
  }));
}
