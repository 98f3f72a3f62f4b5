import { protocolTables, type TableName } from "../paper/mod.ts";
import { markdownTable, type ProtocolRow, protocolTable, type Row } from "../report/mod.ts";
import { pathOf } from "../runs/mod.ts";
import { levelOf } from "./level.ts";
import { type JobOptions, silent } from "./observer.ts";
import type { TableJob } from "./prepare_table.ts";
import { frozenRows, type Measurement, type Pretrained } from "./protocol_rows.ts";
import { checkpointLine } from "./table_result.ts";
import { fineTuneRows, semiSupervisedRows, transferRows } from "./trained_rows.ts";
import { runTable, type TableResult } from "./run_table.ts";
import { startBackend } from "./start_backend.ts";

/** What the table of a protocol has measured. */
export type ProtocolTableResult = {
  measured: ProtocolRow[];
  /** The folder of the pre-training. */
  folder: string;
  /** The published rows with the measured ones beneath them. */
  text: string;
};

/** The protocols that begin with pre-trained weights. */
const measures = {
  "fine-tune": fineTuneRows,
  "semi-supervised": semiSupervisedRows,
  transfer: transferRows,
};

const remarks: Record<Exclude<TableName, "main">, string> = {
  linear: "Measured: linear probe on frozen features, without augmentation.",
  knn: "Measured: k-NN with k 20 and temperature 0.07 unless stated otherwise.",
  "fine-tune": "Measured: the best of 5 epochs on the test part, by the preset tiny.",
  "semi-supervised": "Measured: the best of 40 epochs, of which every 8th is scored, by the " +
    "preset tiny; the best of 7 penalties. Both on the test part, as in the original.",
  transfer:
    "Measured: granules of minerals that pre-training has not seen; the best of 10 epochs, of which " +
    "every 2nd is scored, by the preset tiny.",
};

/**
 * Pre-trains every seed as the main table does, or finds its run again, and measures a protocol.
 *
 * @throws {Interrupted} If it was stopped while it trained.
 */
export async function runProtocolTable(
  job: TableJob,
  name: Exclude<TableName, "main">,
  options: JobOptions = {},
): Promise<ProtocolTableResult> {
  const main = await runTable(job, options);
  const measured = name === "knn" || name === "linear"
    ? frozenRows(main.measured, name)
    : await trainedRows(job, main, { ...options, name });
  const table = protocolTable(protocolTables[name], measured);
  const lines = [table.notes, remarks[name], checkpointLine(job.weights?.path).trimEnd()]
    .filter((line) => line !== "");
  const text = markdownTable({ ...table, notes: lines.join("\n") });
  return { measured, folder: main.folder, text };
}

async function trainedRows(
  { data, weights, backend, on, config, fresh, loading }: TableJob,
  { measured, seeds }: TableResult,
  { name, observer = silent, ...options }: JobOptions & { name: keyof typeof measures },
): Promise<ProtocolRow[]> {
  await startBackend(on ? null : backend, { observer, ...options });
  const level = levelOf(data);
  const rows: ProtocolRow[] = [];
  for (const { seed, run } of seeds) {
    const row = measured.find((row) => row.kind === "trained" && row.seed === seed) as Row;
    const pretrained: Pretrained = {
      ...{ seed, row, folder: run.path },
      checkpoint: weights?.path ?? pathOf(run, "checkpoint.safetensors"),
      options: weights?.options ?? {},
    };
    const measurement: Measurement = {
      ...{ data, origin: data.name, level, imageSize: config.imageSize },
      ...{ fresh, loading, observer, options },
    };
    rows.push(...await measures[name](pretrained, measurement));
  }
  return rows;
}
