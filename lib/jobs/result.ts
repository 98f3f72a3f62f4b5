import type { ImageCounts } from "../datasets/mod.ts";
import { imagenet } from "../paper/mod.ts";
import { figure, html, markdownTable, notes, type Row, type Scored, table } from "../report/mod.ts";
import { portionLine } from "./budget.ts";
import { type LeftOut, leftOutLine } from "./skipped.ts";
import type { Trained } from "./train.ts";

/** What `table.json` holds. */
export type Result = {
  rows: Row[];
  curve: Trained["curve"];
  seconds: Record<string, number>;
  leftOut: LeftOut;
  /** ImageCounts that were scored, where those were not all. */
  scoredOn?: ImageCounts | null;
  scores: Scored[];
};

/** The documents of a run beside its `table.json`. */
export async function documents(
  measured: Row[],
  result: Result,
): Promise<Record<"table.md" | "figure.html", string>> {
  const told = text(measured, result);
  const shown = figure(imagenet, measured, result.curve);
  return { "table.md": told, "figure.html": await html(shown, { title: "Mugs", text: told }) };
}

/** The table with what must be known to read it. */
export function text(measured: Row[], { leftOut, scoredOn = null }: Result): string {
  const lines = leftOutLine(leftOut) + portionLine(scoredOn);
  return `${markdownTable(table(imagenet, measured))}\n${notes}\n${lines}`;
}
