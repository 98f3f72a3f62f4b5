import type { ImageCounts } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
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
  type TableOptions,
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
  result: Remarks & Pick<SeedResult, "curve">,
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
type Remarks = Pick<SeedResult, "leftOut" | "scoredOn"> & TableOptions & {
  /** The file of the weights that were scored, where nothing was trained. */
  checkpoint?: string | undefined;
};

/** The table with the remarks that are needed to read it, as Markdown. */
export function tableText(measured: Row[], remarks: Remarks): string {
  return markdownTable(documentTable(measured, remarks));
}

function documentTable(
  measured: Row[],
  { leftOut, scoredOn = null, costs, checkpoint }: Remarks,
): Table {
  const lines = (costs ? costLine : "") + checkpointLine(checkpoint) + leftOutLine(leftOut) +
    portionLine(scoredOn);
  return { ...table(imagenet, measured, { costs }), notes: `${notes}\n${lines}` };
}

const costLine =
  "images/s: of a whole training, with compiling and reading; memory: the most that " +
  "the\nprocess held after a step, which may keep some of the trainings before.\n";

/** The file of the weights, as a line of text; nothing where a network was trained. */
export function checkpointLine(checkpoint: string | undefined): string {
  return checkpoint === undefined ? "" : `Weights: ${escapeControls(checkpoint)}\n`;
}

/** What was scored, as a line of text; nothing where that was all. */
function portionLine(images: ImageCounts | null): string {
  if (!images) return "";
  return `Scored on at most ${images.train} of the images to learn from and ${images.test} of ` +
    "those to test on, since the backend is slow.\n";
}
