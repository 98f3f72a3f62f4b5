import { mimeBundle, type Table } from "../report/mod.ts";
import type { Evaluated } from "./evaluate.ts";

/**
 * Lets a notebook show scores that are the value of a cell, as a table. The function that Deno's
 * kernel calls is not enumerable.
 */
export function displayedScores<Scores extends Evaluated>(scores: Scores): Scores {
  return Object.defineProperty(scores, Symbol.for("Jupyter.display"), {
    value: async () => (await mimeBundle(tableOf(scores))).data,
  });
}

function tableOf({ protocol, data, scores }: Evaluated): Table {
  const settings = [...new Set(scores.flatMap(({ setting = {} }) => Object.keys(setting)))];
  return {
    title: `${protocol} on ${data}`,
    head: ["method", "level", ...settings, "top-1, %", "top-5, %"],
    rows: scores.map(({ method, level, setting = {}, top1, top5 }) => [
      ...[method, level, ...settings.map((name) => `${setting[name] ?? ""}`)],
      ...[top1.toFixed(1), top5.toFixed(1)],
    ]),
  };
}
