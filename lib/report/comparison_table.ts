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

/** The paper's numbers, ours and the differences side by side. */
export function comparisonTable(
  comparisons: readonly Comparison[],
  { title, notes, unit = "%", digits = 1 }: {
    title?: string;
    notes?: string;
    unit?: string;
    digits?: number;
  } = {},
): Table {
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
      difference === null ? "-" : signed(difference, digits),
    ];
  });
  const head = ["", `paper, ${unit}`, `ours, ${unit}`, "difference"];
  return { ...title && { title }, head, rows, ...notes && { notes } };
}

/** A number with its sign; one that rounds to 0 has the sign ±. */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return (Number(text) === 0 ? "±" : value > 0 ? "+" : "−") + text;
}
