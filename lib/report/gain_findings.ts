import { checkGiven } from "./check_given.ts";
import type { ProtocolRow } from "./protocol_table.ts";
import { type Spread, spread } from "./row.ts";

/** What is needed of a row. */
type Score = Pick<ProtocolRow, "method" | "column" | "value" | "seed">;

/** The differences of a method from the baseline in a column, seed by seed. */
type Gain = { method: string; column: string; values: number[] };

/**
 * What every method gains over a baseline in each column, in words (Markdown): the mean over seeds of
 * the difference under the same seed, with its standard error; a difference below twice its standard
 * error is called not clear. Where a method has several columns, its greatest difference is compared
 * with its least one in the same way. Of a single seed the spread is unknown.
 *
 * @param baseline The name of a method among the rows.
 * @throws {RangeError} If there are no rows of other methods, or a seed lacks the baseline.
 */
export function gainFindings(
  rows: readonly Pick<ProtocolRow, "method" | "column" | "value" | "seed">[],
  baseline: string,
): string {
  const gains = gainsOf(rows, baseline);
  checkGiven(gains, `gains over ${baseline}`, "rows of other methods");
  const columns = [...Map.groupBy(gains, ({ column }) => column)].map(([column, group]) => {
    const methods = group.map((gain) =>
      `${gain.method} ${shown(valuesOf(rows, gain))}, a difference of ${inPoints(gain.values)}`
    );
    const base = shown(valuesOf(rows, { method: baseline, column }));
    return `- **${column}**: ${baseline} ${base}; ${methods.join("; ")}.`;
  });
  return [...columns, ...contrasts(gains)].join("\n");
}

/** The differences from the baseline, by method and column. */
function gainsOf(rows: readonly Score[], baseline: string): Gain[] {
  const others = Map.groupBy(
    rows.filter(({ method }) => method !== baseline),
    ({ method, column }) => JSON.stringify([method, column]),
  );
  return [...others.values()].map((group) => {
    const { method, column } = group[0]!;
    const values = group.toSorted((a, b) => a.seed - b.seed).map(({ value, seed }) => {
      const base = rows.find((row) =>
        row.method === baseline && row.column === column && row.seed === seed
      );
      if (base) return value - base.value;
      throw new RangeError(
        `Cannot compare ${method} with ${baseline} in ${column}: it has no row of seed ${seed}`,
      );
    });
    return { method, column, values };
  });
}

/** Whether a method gains more in one column than in another, in a sentence for each. */
function contrasts(gains: readonly Gain[]): string[] {
  return [...Map.groupBy(gains, ({ method }) => method)].flatMap(([method, group]) => {
    const ranked = group.toSorted((a, b) => spread(b.values).mean - spread(a.values).mean);
    const [first, last] = [ranked[0]!, ranked.at(-1)!];
    if (ranked.length < 2 || first.values.length !== last.values.length) return [];
    const differences = first.values.map((value, i) => value - last.values[i]!);
    return [
      `- Of ${method} the difference is greatest in ${first.column} and least in ${last.column}: ` +
      `they are ${inPoints(differences, { signed: false })} apart.`,
    ];
  });
}

function valuesOf(rows: readonly Score[], { method, column }: Pick<Gain, "method" | "column">) {
  return rows.filter((row) => row.method === method && row.column === column)
    .map(({ value }) => value);
}

/** Mean and deviation of accuracies. */
function shown(values: readonly number[]): string {
  const { mean, deviation } = spread(values);
  return `${mean.toFixed(1)}${values.length > 1 ? ` ± ${deviation.toFixed(1)}` : ""} %`;
}

/** Mean and standard error of differences, and whether they are clear. */
function inPoints(values: readonly number[], { signed = true } = {}): string {
  const { mean, deviation }: Spread = spread(values);
  const sign = mean < 0 ? "−" : signed ? "+" : "";
  const points = `${sign}${Math.abs(mean).toFixed(1)}`;
  if (values.length === 1) return `${points} points (one seed: the spread is unknown)`;
  const error = deviation / Math.sqrt(values.length);
  const clear = Math.abs(mean) > 2 * error;
  return `${points} ± ${error.toFixed(1)} points${clear ? "" : " (not clear)"}`;
}
