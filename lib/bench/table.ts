import type { Measured } from "./measure.ts";
import { works } from "./works.ts";

/** What was measured as a table in Markdown. */
export function table(measured: readonly Measured[]): string {
  const rows = measured.map(({ work, unit, ours, peer, ratio }) => {
    const { about, target } = works.find(({ name }) => name === work)!;
    return [work, about, unit, number(ours), number(peer), number(ratio, 2), number(target, 2)];
  });
  const head = ["work", "what", "unit", "ours", "peer", "ratio", "target"];
  const sides = [":-", ":-", ":-", "-:", "-:", "-:", "-:"];
  return [head, sides, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** What was measured as one line of JSON. */
export function toJsonLine({ work, unit, ours, peer, ratio }: Measured): string {
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
