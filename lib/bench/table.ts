import { benchmarks } from "./benchmarks.ts";
import type { Measurement } from "./measure.ts";

/** The measurements as a table in Markdown. */
export function benchmarkTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map(({ work, unit, ours, peer, ratio }) => {
    const { about, target } = benchmarks.find(({ name }) => name === work)!;
    return [work, about, unit, number(ours), number(peer), number(ratio, 2), number(target, 2)];
  });
  const head = ["work", "what", "unit", "ours", "peer", "ratio", "target"];
  const alignment = [":-", ":-", ":-", "-:", "-:", "-:", "-:"];
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** A measurement as one line of JSON. */
export function benchmarkLine({ work, unit, ours, peer, ratio }: Measurement): string {
  const short = (value: number | null) => value === null ? null : Number(value.toPrecision(4));
  return JSON.stringify({ work, unit, ours: short(ours), peer: short(peer), ratio: short(ratio) }) +
    "\n";
}

function number(value: number | null, digits?: number): string {
  if (value === null || Number.isNaN(value)) return "";
  return digits === undefined
    ? String(Number(value.toPrecision(3)))
    : String(Number(value.toFixed(digits)));
}
