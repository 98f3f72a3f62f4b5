import { replaceFile, writeAll } from "../checkpoint/mod.ts";
import type { Dataset, Sample } from "../datasets/mod.ts";
import type { Features } from "../protocols/mod.ts";

/** The features of the parts of a data set by name, in the order of its images. */
export type FeatureParts = { train: Features; test: Features | null };

/** Images whose lines are written at once. */
const atOnce = 256;

/**
 * Writes a line for each image as comma-separated values (RFC 4180), the training part first: its
 * part, its path, its class (`label`, or where there are several levels `label.<level>`), and if
 * wanted its features, with as many digits as float32 needs.
 */
export async function writeCsv(
  path: string,
  parts: FeatureParts,
  { data, features }: { data: Dataset; features: boolean },
): Promise<void> {
  const levels = Object.keys(data.classes);
  const [, width = 0] = parts.train.x.shape;
  const names = levels.length === 1 ? ["label"] : levels.map((level) => `label.${level}`);
  const columns = Array.from({ length: features ? width : 0 }, (_, i) => `feature${i}`);
  const encoder = new TextEncoder();
  await replaceFile(path, async (file) => {
    await writeAll(file, encoder.encode(row(["part", "path", ...names, ...columns])));
    for (const part of ["train", "test"] as const) {
      const x = features ? parts[part]?.x.dataSync() : undefined;
      const line = ({ id, labels }: Sample, i: number) => {
        const classes = levels.map((level) => data.classes[level]?.[labels[level] ?? -1] ?? "");
        const values = x ? [...x.subarray(i * width, (i + 1) * width)] : [];
        return row([part, id, ...classes, ...values.map(digits)]);
      };
      for (let at = 0; at < data[part].length; at += atOnce) {
        const samples = data[part].slice(at, at + atOnce);
        const lines = samples.map((sample, i) => line(sample, at + i));
        await writeAll(file, encoder.encode(lines.join("")));
      }
    }
  });
}

/** A float32 in digits from which it can be read again. */
function digits(value: number): string {
  return String(Number(value.toPrecision(9)));
}

function row(cells: readonly string[]): string {
  return cells.map(quoted).join(",") + "\r\n";
}

/** A cell, between quotes where it holds what would end it. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
