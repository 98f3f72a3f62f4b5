import { detectionTable } from "./detection.ts";
import { fineTuneTable } from "./fine_tune.ts";
import { knnTable } from "./knn.ts";
import { linearTable } from "./linear.ts";
import type { PublishedRow } from "./published.ts";
import { segmentationTable } from "./segmentation.ts";
import { semiSupervisedTable } from "./semi_supervised.ts";
import { transferTable } from "./transfer.ts";
import { videoTable } from "./video.ts";

/** The names of the tables: the main comparison, and one for each protocol. */
export const tableNames = [
  ...["main", "linear", "knn", "fine-tune", "semi-supervised", "transfer"] as const,
] as const;

/** The name of a table. */
export type TableName = typeof tableNames[number];

/** The published results of a protocol. */
export type ProtocolTable = {
  title: string;
  /** The results that it has, in percent. */
  columns: readonly string[];
  rows: readonly PublishedRow[];
  /** What must be known to read it. */
  note: string | null;
};

/** The published results of each protocol. */
export const protocolTables: Readonly<Record<Exclude<TableName, "main">, ProtocolTable>> = {
  linear: {
    title: "Linear probing on ImageNet-1K, top-1 in %",
    columns: columnsOf(linearTable),
    rows: linearTable,
    note: null,
  },
  knn: {
    title: "k-NN on ImageNet-1K, top-1 in %",
    columns: columnsOf(knnTable),
    rows: knnTable,
    note: null,
  },
  "fine-tune": {
    title: "Fine-tuning on ImageNet-1K, top-1 in %",
    columns: columnsOf(fineTuneTable),
    rows: fineTuneTable,
    note: null,
  },
  "semi-supervised": {
    title: "Learning from a part of the labels of ImageNet-1K, top-1 in %",
    columns: columnsOf(semiSupervisedTable),
    rows: semiSupervisedTable,
    note: "Mugs was published with ViT-S/16 alone.",
  },
  transfer: {
    title: "Fine-tuning on other data sets, top-1 in %",
    columns: columnsOf(transferTable),
    rows: transferTable,
    note: "The results of Mugs were not published.",
  },
};

const notOfMugs = "The results of Mugs were not published.";

/** The published results of dense tasks. */
export const denseTables: Readonly<Record<"video" | "segmentation" | "detection", ProtocolTable>> =
  {
    video: {
      title: "Objects followed through the videos of DAVIS-2017, in %",
      columns: columnsOf(videoTable),
      rows: videoTable,
      note: notOfMugs,
    },
    segmentation: {
      title: "Semantic segmentation of ADE20K, in %",
      columns: columnsOf(segmentationTable),
      rows: segmentationTable,
      note: notOfMugs,
    },
    detection: {
      title: "Detection of the objects of COCO, average precision in %",
      columns: columnsOf(detectionTable),
      rows: detectionTable,
      note: notOfMugs,
    },
  };

/** The columns in the order in which they appear. */
function columnsOf(rows: readonly PublishedRow[]): string[] {
  return [...new Set(rows.map(({ column }) => column))];
}
