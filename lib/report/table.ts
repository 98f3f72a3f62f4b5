import type { PaperRow } from "../paper/mod.ts";
import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { type Row, type Spread, summarize } from "./row.ts";
import type { Table } from "./specification.ts";

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

/** Columns for what training costs, before the last one. */
const costHead = ["images/s", "memory"];

/** Options of {@linkcode table}. */
export type TableOptions = {
  /** Whether columns say how fast training was and how much memory it took. */
  costs?: boolean | undefined;
};

/**
 * The rows of the paper, and beneath them the measured ones.
 *
 * "linear" is a probe on the whole training split in the paper (with augmented images) and on
 * frozen features in measured rows; epochs are "effective" ones in the paper and passes over the
 * images in measured rows.
 *
 * @throws {RangeError} If there is no row.
 */
export function table(
  paper: readonly PaperRow[],
  measured: readonly Row[],
  { costs = false }: TableOptions = {},
): Table {
  checkGiven([...paper, ...measured], "a table", "rows");
  const published = paper.map((row) => [
    row.method,
    row.arch,
    `${row.parameters} M`,
    `${row.epochs}`,
    number(row.linear),
    number(row.knn),
    "ImageNet-1K (paper)",
    "",
    "",
    ...costs ? ["", ""] : [],
    "",
  ]);
  const summaries = summarize(measured).map((row) => [
    row.method,
    row.arch,
    row.parameters === null ? "" : `${number(row.parameters, 2)} M`,
    row.epochs === null ? "" : number(row.epochs, row.epochs < 10 ? 1 : 0),
    value(row.linear, row.seeds.length),
    value(row.knn, row.seeds.length),
    row.level === null ? row.data : `${row.data}, ${row.level}`,
    row.preset ?? "",
    row.minutes === null ? "" : `${number(row.minutes)} min`,
    ...costs
      ? [
        row.imagesPerSecond === null ? "" : number(row.imagesPerSecond, 0),
        row.memory === null ? "" : `${number(row.memory, 0)} MiB`,
      ]
      : [],
    row.seeds.join(", "),
  ]);
  const headings: Record<number, string> = {};
  if (published.length > 0) headings[0] = "Published in the paper";
  if (summaries.length > 0) headings[published.length] = "Measured here";
  const columns = costs ? head.toSpliced(-1, 0, ...costHead) : head;
  return displayed({ head: columns, rows: [...published, ...summaries], headings });
}

/** Remarks that are needed to compare the rows, for beneath {@linkcode table}. */
export const notes: string =
  "Paper: linear probing augments the images; epochs are effective ones, which count the crops.\n" +
  "Measured: linear probe on frozen features; epochs are passes over the training images;\n" +
  "k-NN with k 20 and temperature 0.07 unless stated otherwise; a guess scores 100 % divided by\n" +
  "the number of classes.";

function number(value: number | null, digits = 1): string {
  return value === null ? "-" : value.toFixed(digits);
}

function value(spread: Spread | null, seeds: number): string {
  if (spread === null) return "-";
  return number(spread.mean) + (seeds > 1 ? ` ± ${number(spread.deviation)}` : "");
}
