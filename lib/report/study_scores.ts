import type { StudyRow, StudyScore } from "./study_row.ts";

/** Which of the scores of a network are compared. */
export type Measure = Partial<Pick<StudyScore, "readOut" | "protocol" | "level" | "data">>;

/** Top-1 by seed, percent. */
export type BySeed = ReadonlyMap<number, number>;

/** The supervisions by their abbreviations, in the order of their weights. */
export const supervisionNames = ["IDS", "LGDS", "GDS"] as const;

/** The seven combinations, single ones first. */
export const combinationNames: readonly string[] = [
  ...supervisionNames,
  ...["IDS + LGDS", "IDS + GDS", "LGDS + GDS", "IDS + LGDS + GDS"],
];

/** All three, as the paper combines them. */
export const allSupervisions = "IDS + LGDS + GDS";

/** The network before training. */
export const untrainedName = "untrained";

/** The levels of the labels of the images that were learned from, coarsest first. */
export function levelsOf(rows: readonly StudyRow[]): string[] {
  const levels = rows.flatMap(({ data, scores }) =>
    scores.filter((score) => score.data === data && score.protocol === "k-NN")
      .map(({ level }) => level)
  );
  return [...new Set(levels)];
}

/** The score of a row by a measure; by default the class token on the images learned from. */
export function scoreOf(
  { data, scores }: StudyRow,
  { readOut, protocol = "linear probe", level, data: images = data }: Measure,
): StudyScore | undefined {
  return scores.find((score) =>
    (readOut === undefined || score.readOut === readOut) && score.protocol === protocol &&
    score.level === level && score.data === images
  );
}

/** The rows of the main budget in which nothing but the supervisions differs. */
export function mainRows(rows: readonly StudyRow[]): StudyRow[] {
  return rows.filter(({ part, budget }) =>
    (part === "combinations" || part === "baselines") && budget === 1
  );
}

/** Trainings of one method under one budget. */
export type Budget = { images: number; rows: StudyRow[] };

/** The rows in which nothing but the supervisions and the budget differs. */
export function budgetRows(rows: readonly StudyRow[]): StudyRow[] {
  return rows.filter(({ part }) => part === "combinations" || part === "budgets");
}

/** Those of a method, from the smallest budget to the largest. */
export function budgetsOf(rows: readonly StudyRow[], method: string): Budget[] {
  const trained = budgetRows(rows).filter((row) => row.method === method);
  return [...Map.groupBy(trained, ({ images }) => images)].toSorted(([a], [b]) => a - b)
    .map(([images, rows]) => ({ images, rows }));
}

/** The scores of a method under the main budget, seed by seed. */
export function bySeed(
  rows: readonly StudyRow[],
  method: string,
  measure: Measure,
): BySeed {
  const scores = mainRows(rows).filter((row) => row.method === method)
    .map((row) => [row.seed, scoreOf(row, { readOut: "class token", ...measure })] as const);
  return new Map(scores.flatMap(([seed, score]) => score ? [[seed, score.top1]] : []));
}

/** The differences of two methods, or two measures, under the seeds that both have. */
export function paired(ours: BySeed, theirs: BySeed): number[] {
  return [...ours].flatMap(([seed, score]) => {
    const other = theirs.get(seed);
    return other === undefined ? [] : [score - other];
  });
}
