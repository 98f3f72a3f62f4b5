import type { Figure } from "./specification.ts";
import { axis, layout, palette, symbols } from "./theme.ts";

/** Options of {@linkcode projection}. */
export type ProjectionOptions = {
  /** The names of the classes. */
  classes: readonly string[];
  title?: string;
  /** Points drawn at most, taken at equal distances. */
  count?: number;
};

/**
 * Images as points in the plane, a colour (and from the eleventh class on another shape) for each class.
 *
 * @param points Where each image lies: from {@linkcode umap}.
 * @param labels The class of each.
 * @throws {RangeError} If there are not as many labels as points.
 */
export function projection(
  points: readonly (readonly number[])[],
  labels: ArrayLike<number>,
  { classes, title = "Features in the plane (UMAP)", count = 1500 }: ProjectionOptions,
): Figure {
  if (points.length !== labels.length) {
    throw new RangeError(`Cannot colour ${points.length} points by ${labels.length} labels`);
  }
  const every = Math.max(1, points.length / count);
  const drawn = Array.from(
    { length: Math.min(count, points.length) },
    (_, i) => Math.floor(i * every),
  );
  const plain = { showgrid: false, showticklabels: false, ticks: "" };
  return {
    data: classes.map((name, label) => {
      const own = drawn.filter((i) => labels[i] === label);
      return {
        type: "scatter",
        mode: "markers",
        name,
        x: own.map((i) => +points[i][0].toFixed(2)),
        y: own.map((i) => +points[i][1].toFixed(2)),
        marker: {
          color: palette[label % palette.length],
          symbol: symbols[Math.floor(label / palette.length) % symbols.length],
          size: 6,
          opacity: 0.85,
        },
        hovertemplate: `${name}<extra></extra>`,
      };
    }),
    layout: layout(title, {
      width: 640,
      height: 520,
      xaxis: axis("first direction (no unit)", plain),
      yaxis: axis("second direction (no unit)", { ...plain, scaleanchor: "x" }),
      hovermode: "closest",
      legend: { font: { size: classes.length > 16 ? 10 : 12 } },
    }),
  };
}
