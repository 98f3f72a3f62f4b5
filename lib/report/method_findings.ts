import { checkGiven } from "./check_given.ts";
import type { LevelScore } from "./granularity_bars.ts";
import { spread } from "./row.ts";
import { standardError } from "./standard_error.ts";

/** Options of {@linkcode methodFindings}. */
export type MethodFindingsOptions = {
  /** The number of test images, from which the standard error of a single seed follows. */
  images: number;
  /** What methods have to exceed, among the entries: by name. */
  baselines?: readonly string[];
};

/** A method at a level, with the standard error of its mean. */
type Ranked = { method: string; mean: number; error: number };

/**
 * The findings from the scores of several methods, in words (Markdown), level by level: which
 * method is best, which are as good as it and which exceed the best baseline, each within twice the
 * standard error of the difference.
 *
 * @throws {RangeError} If there is no score of a method.
 */
export function methodFindings(
  entries: readonly LevelScore[],
  { images, baselines = [] }: MethodFindingsOptions,
): string {
  const ranked = (entries: readonly LevelScore[]) =>
    entries.map((entry) => rankedOf(entry, images)).toSorted((a, b) => b.mean - a.mean);
  const isBaseline = ({ method }: LevelScore) => baselines.includes(method);
  return [...Map.groupBy(entries, ({ level }) => level)].map(([level, group]) => {
    const methods = ranked(group.filter((entry) => !isBaseline(entry)));
    checkGiven(methods, `the findings at level ${level}`, "methods");
    const [floor] = ranked(group.filter(isBaseline));
    return `- **${level}**: ${bestOf(methods)} ${floor ? above(methods, floor) : ""}`.trimEnd();
  }).join("\n");
}

/** Of several seeds their standard error counts, of one that of its test images. */
function rankedOf({ method, scores }: LevelScore, images: number): Ranked {
  const { mean, deviation } = spread(scores);
  const seeds = scores.length;
  const error = seeds > 1 ? deviation / Math.sqrt(seeds) : standardError(mean, images);
  return { method, mean, error };
}

/** The best method in a sentence, and which are as good. */
function bestOf([best, ...others]: readonly Ranked[]): string {
  const close = others.filter((other) => !exceeds(best!, other)).map(({ method }) => method);
  return `best is ${best!.method}, ${best!.mean.toFixed(1)} %` + (
    close.length > 0
      ? `; not clearly below it: ${close.join(", ")}.`
      : others.length > 0
      ? ", clearly above all others."
      : "."
  );
}

/** Which methods exceed a baseline, in a sentence. */
function above(methods: readonly Ranked[], floor: Ranked): string {
  const clear = methods.filter((method) => exceeds(method, floor)).map(({ method }) => method);
  const names = clear.length === 0
    ? "No method is"
    : clear.length === methods.length
    ? "All methods are"
    : `Only ${clear.join(", ")} ${clear.length > 1 ? "are" : "is"}`;
  return `${names} clearly above the best baseline (${floor.method}, ${floor.mean.toFixed(1)} %).`;
}

/** Whether one mean is above another by more than twice the standard error of the difference. */
function exceeds(a: Ranked, b: Ranked): boolean {
  return a.mean - b.mean > 2 * Math.hypot(a.error, b.error);
}
