import type { LevelScore } from "./granularity_bars.ts";
import { spread } from "./row.ts";

/** The parts that a method is made of: "IDS + GDS" has two. */
const parts = (method: string) => method.split(" + ");

/**
 * What the scores of supervisions alone and combined say, in words (Markdown): at each level which is best, and what each
 * supervision adds. The latter is the mean over all pairs of methods that differ in it alone, seed by seed; it is called
 * clear where it is more than twice its standard error over seeds. One seed has no spread, and nothing is called clear.
 *
 * @param entries A method is named by its supervisions, joined by " + "; its scores are in the order of the seeds.
 * @throws {RangeError} If methods have not as many seeds.
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
  return levels.map(([level, own]) => `- **${level}**: ${best(own)} ${added(own)}`).join("\n");
}

function best(entries: readonly LevelScore[]): string {
  const ranked = entries.map(({ method, scores }) => ({ method, ...spread(scores) }))
    .toSorted((a, b) => b.mean - a.mean);
  const [first] = ranked;
  const told = `best is ${first.method}, ${first.mean.toFixed(1)}`;
  if (entries[0].scores.length === 1) return `${told} % (one seed: the spread is not known).`;
  const close = ranked.slice(1).filter(({ mean, deviation }) =>
    first.mean - mean <= Math.hypot(first.deviation, deviation)
  ).map(({ method }) => method);
  return `${told} ± ${first.deviation.toFixed(1)} %` +
    (close.length
      ? ` (within the spread: ${close.join(", ")}).`
      : ", beyond the spread of all others.");
}

function added(entries: readonly LevelScore[]): string {
  const names = [...new Set(entries.flatMap(({ method }) => parts(method)))];
  const told = names.map((name) => {
    const gains = gainsOf(name, entries);
    if (gains.length === 0) return `${name} was not added to anything`;
    const { mean, deviation } = spread(gains);
    const points = `${name} ${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(1)}`;
    if (gains.length === 1) return points;
    const error = deviation / Math.sqrt(gains.length);
    const clear = Math.abs(mean) > 2 * error;
    return `${points} ± ${error.toFixed(1)}${clear ? "" : " (not clear)"}`;
  });
  return `Added to the others, in points: ${told.join("; ")}.`;
}

/** What adding a supervision changes, seed by seed: the mean over the methods it was added to. */
function gainsOf(name: string, entries: readonly LevelScore[]): number[] {
  const byParts = new Map(entries.map((entry) => [parts(entry.method).toSorted().join(), entry]));
  const pairs = entries.filter(({ method }) => !parts(method).includes(name)).flatMap((without) => {
    const key = [...parts(without.method), name].toSorted().join();
    const added = byParts.get(key);
    return added ? [[without, added] as const] : [];
  });
  if (pairs.length === 0) return [];
  return pairs[0][0].scores.map((_, seed) =>
    pairs.reduce((sum, [a, b]) => sum + b.scores[seed] - a.scores[seed], 0) / pairs.length
  );
}
