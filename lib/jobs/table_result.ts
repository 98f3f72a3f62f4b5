import type { ImageCounts } from "../datasets/mod.ts";
import { imagenet } from "../paper/mod.ts";
import {
  htmlPage,
  lossRemark,
  markdownTable,
  notes,
  resultFigures,
  type Row,
  type Scored,
  type Table,
  table,
} from "../report/mod.ts";
import { type LeftOut, leftOutLine } from "./leave_out.ts";
import type { Trained } from "./train_run.ts";

/** What the run of a seed gave, as its `table.json` holds it. */
export type SeedResult = {
  rows: Row[];
  curve: Trained["curve"];
  seconds: Record<string, number>;
  leftOut: LeftOut;
  /** Images that were scored, where those were not all. */
  scoredOn?: ImageCounts | null;
  scores: Scored[];
};

/** The documents of a run beside its `table.json`. */
export async function documents(
  measured: Row[],
  result: SeedResult,
): Promise<Record<"table.md" | "figure.html", string>> {
  return {
    "table.md": tableText(measured, result),
    "figure.html": await htmlPage({
      title: "Measured here, and as the paper reports it",
      figures: resultFigures(imagenet, measured, result.curve),
      remarks: [lossRemark(result.curve)].filter((remark) => remark !== null),
      table: documentTable(measured, result),
    }),
  };
}

/** What must be known beside the rows to read a table. */
type Remarks = Pick<SeedResult, "leftOut" | "scoredOn">;

/** The table with the remarks that are needed to read it, as Markdown. */
export function tableText(measured: Row[], remarks: Remarks): string {
  return markdownTable(documentTable(measured, remarks));
}

function documentTable(measured: Row[], { leftOut, scoredOn = null }: Remarks): Table {
  const lines = leftOutLine(leftOut) + portionLine(scoredOn);
  return { ...table(imagenet, measured), notes: `${notes}\n${lines}` };
}

/** What was scored, as a line of text; nothing where that was all. */
function portionLine(images: ImageCounts | null): string {
  if (!images) return "";
  return `Scored on at most ${images.train} of the images to learn from and ${images.test} of ` +
    "those to test on, since the backend is slow.\n";
}
