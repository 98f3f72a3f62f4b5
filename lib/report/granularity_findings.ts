import type { LevelScore } from "./granularity_bars.ts";
import { spread } from "./row.ts";

/** The parts that a method is made of: "IDS + GDS" has two. */
const parts = (method: string) => method.split(" + ");

/**
 * The findings from the scores of supervisions alone and combined, in words (Markdown): which is
 * best at each level, and what each supervision adds. The latter is the mean over all pairs of
 * methods that differ in this supervision alone, seed by seed; a gain below twice its standard
 * error over seeds is called not clear. For a single seed the spread is unknown.
 *
 * @param entries A method is named by its supervisions, joined by " + "; scores are in the order of
 * the seeds.
 * @throws {RangeError} If the methods have different numbers of seeds.
 */
export function granularityFindings(entries: readonly LevelScore[]): string {
  const levels = [...Map.groupBy(entries, ({ level }) => level)];
  const seeds = entries[0]?.scores.length ?? 0;
  const uneven = entries.find(({ scores }) => scores.length !== seeds);
  if (seeds === 0 || uneven) {
    throw new RangeError(
      `Cannot compare ${entries.length} scores over ${seeds} seeds` +
        (uneven ? `: ${uneven.method} has ${uneven.scores.length}` : ""),
    );
  }
  return levels.map(([level, group]) => `- **${level}**: ${best(group)} ${gains(group)}`).join(
    "\n",
  );
}

/** The best method, in a sentence, and which others are as good within the spread. */
function best(entries: readonly LevelScore[]): string {
  const ranked = entries.map(({ method, scores }) => ({ method, ...spread(scores) }))
    .toSorted((a, b) => b.mean - a.mean);
  const [first, ...others] = ranked;
  if (first === undefined) return "nothing was scored.";
  const winner = `best is ${first.method}, ${first.mean.toFixed(1)}`;
  if (entries[0]?.scores.length === 1) return `${winner} % (one seed: the spread is unknown).`;
  const close = others.filter(({ mean, deviation }) =>
    first.mean - mean <= Math.hypot(first.deviation, deviation)
  ).map(({ method }) => method);
  return `${winner} ± ${first.deviation.toFixed(1)} %` +
    (close.length
      ? ` (within the spread: ${close.join(", ")}).`
      : ", beyond the spread of all others.");
}

/** What each supervision adds, in a sentence. */
function gains(entries: readonly LevelScore[]): string {
  const names = [...new Set(entries.flatMap(({ method }) => parts(method)))];
  const clauses = names.map((name) => {
    const gains = gainsOf(name, entries);
    if (gains.length === 0) return `${name} was not added to anything`;
    const { mean, deviation } = spread(gains);
    const points = `${name} ${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(1)}`;
    if (gains.length === 1) return points;
    const error = deviation / Math.sqrt(gains.length);
    const clear = Math.abs(mean) > 2 * error;
    return `${points} ± ${error.toFixed(1)}${clear ? "" : " (not clear)"}`;
  });
  return `Added to the others, in points: ${clauses.join("; ")}.`;
}

/** The gain of adding a supervision, seed by seed: the mean over the methods it was added to. */
function gainsOf(name: string, entries: readonly LevelScore[]): number[] {
  const byParts = new Map(entries.map((entry) => [parts(entry.method).toSorted().join(), entry]));
  const pairs = entries.filter(({ method }) => !parts(method).includes(name)).flatMap((without) => {
    const key = [...parts(without.method), name].toSorted().join();
    const combined = byParts.get(key);
    return combined ? [{ without, combined }] : [];
  });
  const gainOf = (pair: typeof pairs[number], seed: number) =>
    pair.combined.scores[seed]! - pair.without.scores[seed]!;
  const seeds = pairs[0]?.without.scores ?? [];
  return seeds.map((_, seed) =>
    pairs.reduce((sum, pair) => sum + gainOf(pair, seed), 0) / pairs.length
  );
}
