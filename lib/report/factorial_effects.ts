import { type Interval, interval } from "./interval.ts";
import { type BySeed, combinationNames, supervisionNames, untrainedName } from "./study_scores.ts";

/** An effect in points, over the seeds that have all cells. */
export type Effect = Interval & {
  /** `IDS` for a main effect, `IDS × GDS` for an interaction. */
  name: string;
};

/** The scores of the combinations of supervisions and of the network before training. */
export type Factorial = ReadonlyMap<string, BySeed>;

/** Whether a combination has a supervision; the network before training has none. */
function has(combination: string, supervision: string): boolean {
  return combination.split(" + ").includes(supervision);
}

/** All eight cells: with and without each of three supervisions. */
const cells: readonly string[] = [untrainedName, ...combinationNames];

/** The seeds of which all of some cells were measured. */
function wholeSeeds(scores: Factorial, needed: readonly string[]): number[] {
  const [first, ...others] = needed.map((cell) => scores.get(cell));
  return [...first?.keys() ?? []].filter((seed) => others.every((cell) => cell?.has(seed)));
}

/**
 * Main effects and interactions of the three supervisions in the full factorial design, whose empty
 * cell is the network before training. The main effect is by how much a supervision changes the
 * score, averaged over the four choices of the others; the interaction of two, by how much more the
 * one changes it where the other is there, averaged over the third; and that of three, by how much
 * more that interaction is where the third is there. Since the empty cell has not been trained at
 * all, a part of each main effect is that of any training, and interactions are negative where a
 * second supervision teaches what the first one did.
 *
 * @returns Nothing if no seed has all eight cells.
 */
export function factorialEffects(scores: Factorial): Effect[] {
  const seeds = wholeSeeds(scores, cells);
  if (seeds.length === 0) return [];
  const [a, b, c] = supervisionNames;
  return [[a], [b], [c], [a, b], [a, c], [b, c], [a, b, c]].map((factors) => {
    const values = seeds.map((seed) => contrast(factors, (cell) => scores.get(cell)!.get(seed)!));
    return { name: factors.join(" × "), ...interval(values) };
  });
}

/** The sum of all cells with the sign of the factors, over the choices that are averaged. */
function contrast(factors: readonly string[], scoreOf: (cell: string) => number): number {
  const signed = cells.map((cell) => {
    const missing = factors.filter((factor) => !has(cell, factor)).length;
    return (missing % 2 === 0 ? 1 : -1) * scoreOf(cell);
  });
  const averaged = 2 ** (supervisionNames.length - factors.length);
  return signed.reduce((sum, value) => sum + value, 0) / averaged;
}

/**
 * What a supervision adds to the others, in points: the mean of the three differences between a
 * combination with it and the same without it, seed by seed. The network before training is no part
 * of it.
 *
 * @returns `null` if no seed has all seven combinations.
 */
export function addedEffect(scores: Factorial, supervision: string): Interval | null {
  const seeds = wholeSeeds(scores, combinationNames);
  if (seeds.length === 0) return null;
  const without = combinationNames.filter((cell) => !has(cell, supervision));
  const values = seeds.map((seed) => {
    const differences = without.map((cell) =>
      scores.get(withAdded(cell, supervision))!.get(seed)! - scores.get(cell)!.get(seed)!
    );
    return differences.reduce((sum, value) => sum + value, 0) / differences.length;
  });
  return interval(values);
}

/** The combination that has one supervision more. */
function withAdded(combination: string, supervision: string): string {
  return supervisionNames
    .filter((name) => name === supervision || has(combination, name)).join(" + ");
}
