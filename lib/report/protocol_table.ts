import { type ProtocolTable, type PublishedRow, sources } from "../paper/mod.ts";
import { displayed } from "./displayed.ts";
import { spread } from "./row.ts";
import type { Table } from "./specification.ts";

/** A measured result in a column of a protocol's table, in percent: of classification top-1. */
export type ProtocolRow = {
  method: string;
  arch: string;
  /** Epochs of pre-training; `null` where nothing was pre-trained. */
  epochs: number | null;
  /** What tells it from other rows of the method. */
  setting: string | null;
  column: string;
  value: number;
  data: string;
  seed: number;
};

/**
 * The published rows of a protocol, and beneath them the measured ones: those that differ in seed
 * alone by their mean and standard deviation. Columns that only measured rows have come last.
 */
export function protocolTable(
  { columns, rows, title, note }: ProtocolTable,
  measured: readonly ProtocolRow[],
): Table {
  const all = [...new Set([...columns, ...measured.map(({ column }) => column)])];
  const published = Map.groupBy(rows, (row) => keyOf(row, row.source));
  const publishedCells = [...published.values()].map((group) => [
    ...beginning(group[0]!),
    ...all.map((column) => group.find((row) => row.column === column)?.value.toFixed(1) ?? "-"),
    "ImageNet-1K",
    placesOf(group),
    "",
  ]);
  const ours = Map.groupBy(measured, (row) => keyOf(row, row.data));
  const ownCells = [...ours.values()].map((group) => [
    ...beginning(group[0]!),
    ...all.map((column) => meanOf(group.filter((row) => row.column === column))),
    group[0]!.data,
    "",
    [...new Set(group.map(({ seed }) => seed))].join(", "),
  ]);
  const headings: Record<number, string> = { 0: "Published" };
  if (ownCells.length > 0) headings[publishedCells.length] = "Measured here";
  return displayed({
    title,
    head: [
      ...["method", "architecture", "epochs", "setting"],
      ...all.map((column) => `${column}, %`),
      ...["pre-trained on", "source", "seed"],
    ],
    rows: [...publishedCells, ...ownCells],
    headings,
    notes: [...note === null ? [] : [note], ...citations(rows)].join("\n"),
  });
}

type Beginning = Pick<ProtocolRow, "method" | "arch" | "epochs" | "setting">;

/** Equal for rows that stand in one line of the table. */
function keyOf({ method, arch, epochs, setting }: Beginning, place: string): string {
  return [method, arch, epochs, setting, place].join("\n");
}

function beginning({ method, arch, epochs, setting }: Beginning): string[] {
  return [method, arch, epochs === null ? "-" : String(Number(epochs.toFixed(1))), setting ?? ""];
}

function placesOf(group: readonly PublishedRow[]): string {
  return `${group[0]!.source}, ${[...new Set(group.map(({ where }) => where))].join("; ")}`;
}

function meanOf(rows: readonly ProtocolRow[]): string {
  if (rows.length === 0) return "-";
  const { mean, deviation } = spread(rows.map(({ value }) => value));
  return mean.toFixed(1) + (rows.length > 1 ? ` ± ${deviation.toFixed(1)}` : "");
}

/** What the names of sources stand for. */
function citations(rows: readonly PublishedRow[]): string[] {
  return [...new Set(rows.map(({ source }) => source))].map((name) => `${name}: ${sources[name]}.`);
}
