import { checkEven, checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import type { Figure } from "./specification.ts";
import { axis, layout, markerSymbols, palette } from "./theme.ts";

/** Options of {@linkcode projection}. */
export type ProjectionOptions = {
  /** The names of the classes. */
  classes: readonly string[];
  title?: string;
  /** The largest number of points that are drawn; they are taken at equal distances. */
  count?: number;
};

/**
 * Images as points in the plane, with a color for each class, and from the eleventh class on
 * another shape as well.
 *
 * @param points The place of each image, as from {@linkcode umap}.
 * @param labels The class of each image.
 * @throws {RangeError} If there are no points, not as many labels as points, or a class without a
 * name.
 */
export function projection(
  points: readonly (readonly number[])[],
  labels: ArrayLike<number>,
  { classes, title = "Features in the plane (UMAP)", count = 1500 }: ProjectionOptions,
): Figure {
  if (points.length !== labels.length) {
    throw new RangeError(`Cannot color ${points.length} points by ${labels.length} labels`);
  }
  checkGiven(points, "features in the plane", "points");
  checkEven(points, "points in the plane");
  const foreign = Array.from(labels).find((label) => !(label in classes));
  if (foreign !== undefined) {
    throw new RangeError(
      `Cannot color the class ${foreign} among ${classes.length} names: give \`classes\` a name ` +
        "for each",
    );
  }
  const distance = Math.max(1, points.length / count);
  const rows = Array.from(
    { length: Math.min(count, points.length) },
    (_, i) => Math.floor(i * distance),
  );
  const plain = { showgrid: false, showticklabels: false, ticks: "" };
  return displayed({
    data: classes.map((name, label) => {
      const members = rows.filter((i) => labels[i] === label).map((i) => points[i]!);
      return {
        type: "scatter",
        mode: "markers",
        name,
        x: members.map(([x = NaN]) => +x.toFixed(2)),
        y: members.map(([, y = NaN]) => +y.toFixed(2)),
        marker: {
          color: palette[label % palette.length],
          symbol: markerSymbols[Math.floor(label / palette.length) % markerSymbols.length],
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
  });
}
