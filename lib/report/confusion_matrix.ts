import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import type { Figure } from "./specification.ts";
import { axis, faint, layout, palette } from "./theme.ts";

/**
 * The confusion of classes: the percentage of the images of a class (row) that was predicted to be
 * of each class (column); empty where it is 0.
 *
 * @param labels The correct class of every image.
 * @param predictions The predicted class of every image.
 * @param options `classes`: the names of the classes.
 * @throws {RangeError} If there are no labels, not as many predictions as labels, or a class without
 * a name.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  { classes, title }: { classes: readonly string[]; title?: string },
): Figure {
  if (labels.length !== predictions.length) {
    throw new RangeError(
      `Cannot compare ${labels.length} labels with ${predictions.length} predictions`,
    );
  }
  checkGiven(labels, "the confusion of classes", "labels");
  const foreign = [...Array.from(labels), ...Array.from(predictions)].find((c) => !(c in classes));
  if (foreign !== undefined) {
    throw new RangeError(
      `Cannot show the class ${foreign} among ${classes.length} names: give \`classes\` a name ` +
        "for each",
    );
  }
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![predictions[i]!]!++;
  const percent = counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => count ? +(100 * count / total).toFixed(1) : null);
  });
  const correct = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  const few = classes.length <= 12;
  const side = Math.max(300, Math.min(620, classes.length * (few ? 44 : 22)));
  const margin = 40 + 7 * Math.max(...classes.map((name) => Math.min(24, name.length)));
  const names = { type: "category", mirror: true, gridcolor: faint, ticks: "", dtick: 1 };
  return displayed({
    data: [{
      type: "heatmap",
      name: "share of the class",
      x: classes,
      y: classes,
      z: percent,
      zmin: 0,
      zmax: 100,
      // Light enough for black numbers; darker without them.
      colorscale: few ? [[0, "#E4EEF6"], [1, "#4C9BD6"]] : [[0, "#D9EAF3"], [1, palette[0]]],
      xgap: 1,
      ygap: 1,
      colorbar: { title: { text: "%", side: "top" }, thickness: 12, outlinewidth: 0 },
      hovertemplate: "%{y}, predicted as %{x}: %{z} %<extra></extra>",
      ...few && { texttemplate: "%{z:.0f}", textfont: { size: 12, color: "#000000" } },
    }],
    layout: layout(title ?? `Confusion: ${(100 * correct / labels.length).toFixed(1)} % correct`, {
      width: side + margin + 90,
      height: side + margin + 60,
      margin: { l: margin, r: 90, t: 56, b: margin },
      xaxis: axis("predicted class", {
        ...names,
        tickangle: -90,
        range: [-0.5, classes.length - 0.5],
      }),
      yaxis: axis("correct class", { ...names, range: [classes.length - 0.5, -0.5] }),
    }),
  });
}
