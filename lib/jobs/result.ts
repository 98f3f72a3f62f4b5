import type { ImageCounts } from "../datasets/mod.ts";
import { imagenet } from "../paper/mod.ts";
import {
  htmlPage,
  markdownTable,
  notes,
  resultFigures,
  type Row,
  type Scored,
  type Table,
  table,
} from "../report/mod.ts";
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
  return {
    "table.md": text(measured, result),
    "figure.html": await htmlPage({
      title: "Mugs: measured here, and as the paper reports it",
      figures: resultFigures(imagenet, measured, result.curve),
      table: documentTable(measured, result),
    }),
  };
}

/** The table with the remarks that are needed to read it, as Markdown. */
export function text(measured: Row[], result: Result): string {
  return markdownTable(documentTable(measured, result));
}

function documentTable(measured: Row[], { leftOut, scoredOn = null }: Result): Table {
  const lines = leftOutLine(leftOut) + portionLine(scoredOn);
  return { ...table(imagenet, measured), notes: `${notes}\n${lines}` };
}
