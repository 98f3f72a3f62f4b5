import type { PaperRow } from "../paper/mod.ts";
import { type Row, type Spread, summarize } from "./row.ts";

const head = [
  "method",
  "architecture",
  "parameters",
  "epochs",
  "linear, %",
  "k-NN, %",
  "data",
  "preset",
  "training",
  "seed",
];

/**
 * The paper's rows and beneath them the measured ones as a Markdown table, columns aligned.
 *
 * Linear is a probe on the whole training split in the paper (images augmented) and on frozen features in
 * measured rows; epochs are "effective" ones in the paper and passes over the images in measured rows.
 */
export function table(paper: readonly PaperRow[], measured: readonly Row[]): string {
  const cells = [
    ...paper.map((row) => [
      row.method,
      row.arch,
      `${row.parameters} M`,
      `${row.epochs}`,
      number(row.linear),
      number(row.knn),
      "ImageNet-1K (paper)",
      "",
      "",
      "",
    ]),
    ...summarize(measured).map((row) => [
      row.method,
      row.arch,
      row.parameters === null ? "" : `${number(row.parameters, 2)} M`,
      row.epochs === null ? "" : number(row.epochs, row.epochs < 10 ? 1 : 0),
      value(row.linear, row.seeds.length),
      value(row.knn, row.seeds.length),
      row.level === null ? row.data : `${row.data}, ${row.level}`,
      row.preset ?? "",
      row.minutes === null ? "" : `${number(row.minutes)} min`,
      row.seeds.join(", "),
    ]),
  ];
  return markdown(head, cells);
}

/** What must be known to compare the rows, beneath {@linkcode table}. */
export const notes: string =
  "Paper: linear probing augments the images; epochs are effective ones (crops counted).\n" +
  "Measured: linear probe on frozen features; epochs are passes over the training images; k-NN with k 20 and\n" +
  "temperature 0.07 unless told otherwise; a guess scores 100 % divided by the number of classes.";

/** A Markdown table whose columns also line up as plain text; cells that begin with a digit stand to the right. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) =>
    Math.max(3, ...[title, ...rows.map((row) => row[i])].map(length))
  );
  const right = head.map((_, i) => rows.every((row) => /^[\d-]|^$/.test(row[i])));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => pad(cell, widths[i], right[i])).join(" | ")} |`;
  const rule = widths.map((w, i) => right[i] ? `${"-".repeat(w - 1)}:` : "-".repeat(w));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n") + "\n";
}

const length = (text: string) => [...text].length;

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(width - length(text));
  return right ? space + text : text + space;
}

function number(value: number | null, digits = 1): string {
  return value === null ? "-" : value.toFixed(digits);
}

function value(spread: Spread | null, seeds: number): string {
  if (spread === null) return "-";
  return number(spread.mean) + (seeds > 1 ? ` ± ${number(spread.deviation)}` : "");
}
