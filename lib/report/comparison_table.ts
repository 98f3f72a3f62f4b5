import { checkGiven } from "./check_given.ts";
import { sameData } from "./data_names.ts";
import { displayed } from "./displayed.ts";
import type { Spread } from "./row.ts";
import type { Table } from "./specification.ts";

/** A number of the paper beside ours. */
export type Comparison = {
  /** The method, network or protocol that was measured. */
  what: string;
  /** As published; `null` where the paper has no such number. */
  paper: number | null;
  /** As measured: a number, or mean and deviation over seeds; `null` where it was not measured. */
  ours: number | Spread | null;
};

/** Options of {@linkcode comparisonTable}. */
export type ComparisonOptions = {
  title?: string;
  notes?: string;
  unit?: string;
  digits?: number;
  /** The data on which the numbers of each side were measured; by default they are the same. */
  data?: { paper: string; ours: string };
};

/**
 * The paper's numbers, ours and the differences side by side. There are no differences between
 * numbers on different data; then the notes say why.
 *
 * @throws {RangeError} If there is nothing to compare.
 */
export function comparisonTable(
  comparisons: readonly Comparison[],
  { title, notes, unit = "%", digits = 1, data }: ComparisonOptions = {},
): Table {
  checkGiven(comparisons, "a comparison", "numbers");
  const comparable = data === undefined || sameData(data.paper, data.ours);
  const rows = comparisons.map(({ what, paper, ours }) => {
    const mean = typeof ours === "number" ? ours : ours?.mean ?? null;
    const deviation = typeof ours === "object" && ours?.deviation;
    const difference = paper === null || mean === null ? null : mean - paper;
    return [
      what,
      paper?.toFixed(digits) ?? "-",
      mean === null
        ? "-"
        : mean.toFixed(digits) + (deviation ? ` ± ${deviation.toFixed(digits)}` : ""),
      !comparable ? "" : difference === null ? "-" : signed(difference, digits),
    ];
  });
  const head = ["", `paper, ${unit}`, `ours, ${unit}`, "difference"];
  const reason = comparable
    ? undefined
    : `No difference is given: the paper's numbers are on ${data.paper}, ours on ${data.ours}.`;
  const remarks = [reason, notes].filter(Boolean).join("\n");
  return displayed({ ...title && { title }, head, rows, ...remarks && { notes: remarks } });
}

/** A number with its sign; one that rounds to 0 has the sign ±. */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return (Number(text) === 0 ? "±" : value > 0 ? "+" : "−") + text;
}
