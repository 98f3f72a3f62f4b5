import type { Figure } from "./specification.ts";
import { axis, faint, layout } from "./theme.ts";

/**
 * Which classes are taken for which: of the images of a class (row) the percentage that was said to be of each
 * (column), empty where there is none.
 *
 * @param labels The right class of every image.
 * @param guesses The class that was named.
 * @param classes Their names.
 * @throws {RangeError} If there are not as many guesses as labels.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  guesses: ArrayLike<number>,
  { classes, title }: { classes: readonly string[]; title?: string },
): Figure {
  if (labels.length !== guesses.length) {
    throw new RangeError(`Cannot compare ${labels.length} labels with ${guesses.length} guesses`);
  }
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  for (let i = 0; i < labels.length; i++) counts[labels[i]][guesses[i]]++;
  const percent = counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => count ? +(100 * count / total).toFixed(1) : null);
  });
  const right = counts.reduce((sum, row, i) => sum + row[i], 0);
  const few = classes.length <= 12;
  const side = Math.max(300, Math.min(620, classes.length * (few ? 44 : 22)));
  const margin = 40 + 7 * Math.max(...classes.map((name) => Math.min(24, name.length)));
  const names = { type: "category", mirror: true, gridcolor: faint, ticks: "", dtick: 1 };
  return {
    data: [{
      type: "heatmap",
      name: "share of the class",
      x: classes,
      y: classes,
      z: percent,
      zmin: 0,
      zmax: 100,
      // Where no numbers stand in the cells, little of a class shows little of the colour, on white paper as on dark.
      colorscale: [[0, few ? "#DCE6EE" : "rgba(0,114,178,0.15)"], [1, "rgba(0,114,178,1)"]],
      xgap: 1,
      ygap: 1,
      colorbar: { title: { text: "%", side: "top" }, thickness: 12, outlinewidth: 0 },
      hovertemplate: "%{y}, taken for %{x}: %{z} %<extra></extra>",
      ...few && { texttemplate: "%{z:.0f}", textfont: { size: 12 } },
    }],
    layout: layout(title ?? `Confusion: ${(100 * right / labels.length).toFixed(1)} % right`, {
      width: side + margin + 90,
      height: side + margin + 60,
      margin: { l: margin, r: 90, t: 56, b: margin },
      xaxis: axis("named class", { ...names, tickangle: -90, range: [-0.5, classes.length - 0.5] }),
      yaxis: axis("right class", { ...names, range: [classes.length - 0.5, -0.5] }),
    }),
  };
}
