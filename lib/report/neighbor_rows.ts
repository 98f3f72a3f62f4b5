import type { Image } from "../images/mod.ts";
import { pictureGrid } from "./picture_grid.ts";
import type { Shown } from "./picture_sheet.ts";
import type { Figure } from "./specification.ts";

/** An image with the name of its class. */
export type LabeledImage = { image: Image; label: string };

/** A neighbor of a query. */
export type Neighbor = LabeledImage & {
  /** The cosine of its features and those of the query. */
  similarity?: number;
};

/**
 * Each query with its nearest neighbors beside it, the most similar first, and its cosine under
 * each. Neighbors with the label of the query have a solid frame and a tick, the others a dashed
 * frame and a cross. Pointing at a picture shows its label.
 *
 * @param options `kind`: what the labels name, for the legend.
 * @throws {RangeError} If there are not as many lists of neighbors as queries.
 */
export function neighborRows(
  queries: readonly LabeledImage[],
  neighbors: readonly (readonly Neighbor[])[],
  { title = "Nearest neighbors by features", kind = "class" }: { title?: string; kind?: string } =
    {},
): Figure {
  if (queries.length !== neighbors.length) {
    throw new RangeError(
      `Cannot draw ${queries.length} queries beside ${neighbors.length} lists of neighbors`,
    );
  }
  const rows = queries.map(({ image, label }, i) => ({
    label: short(label, 24),
    pictures: [
      { image, hint: `query: ${label}` },
      ...(neighbors[i] ?? []).map((neighbor): Shown => {
        const same = neighbor.label === label;
        const cosine = neighbor.similarity?.toFixed(2);
        return {
          image: neighbor.image,
          mark: same ? "right" : "wrong",
          caption: [same ? "✓" : "✗", cosine].filter(Boolean).join(" "),
          hint: neighbor.label + (cosine ? `, cosine ${cosine}` : ""),
        };
      }),
    ],
  }));
  const most = Math.max(...neighbors.map((row) => row.length));
  const marks = { right: `same ${kind} (✓)`, wrong: `another ${kind} (✗)` };
  return pictureGrid(rows, { title, marks, head: ["query", ...ordinals(most)] });
}

/** The names of the columns of neighbors: 1st, 2nd, 3rd, 4th. */
function ordinals(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${i + 1}${["st", "nd", "rd"][i] ?? "th"}`);
}

/** A text, cut to at most some letters. */
function short(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
