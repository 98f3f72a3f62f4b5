import { escapeControls } from "../images/mod.ts";
import type { Dataset } from "./sample.ts";

/**
 * Lets a notebook show a data set that is the value of a cell: its sizes, classes and notes as
 * Markdown. The function that Deno's kernel calls is not enumerable, and a copy is without it.
 */
export function displayedDataset(data: Dataset): Dataset {
  return Object.defineProperty(data, Symbol.for("Jupyter.display"), {
    value: () => {
      const text = describeDataset(data);
      return { "text/markdown": text, "text/plain": text };
    },
  });
}

/** A data set in words. */
function describeDataset({ name, train, test, classes, notes = [] }: Dataset): string {
  const levels = Object.entries(classes).map(([level, names]) => {
    const examples = names.slice(0, 6).join("; ") + (names.length > 6 ? "; ..." : "");
    return `- ${level}: ${names.length} classes (${examples})`;
  });
  const sizes = `**${name}**: ${train.length} training images, ${test.length} test images`;
  return escapeLines([sizes, "", ...levels, ...notes.map((note) => `- note: ${note}`)]);
}

/** Lines without control characters. */
function escapeLines(lines: readonly string[]): string {
  return lines.map(escapeControls).join("\n");
}
