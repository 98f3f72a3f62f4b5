import { displayed } from "./displayed.ts";
import { interval } from "./interval.ts";
import type { Figure } from "./specification.ts";
import { type Measure, scoreOf, supervisionNames } from "./study_scores.ts";
import type { StudyRow } from "./study_row.ts";
import { axis, layout, paper } from "./theme.ts";

/** Without so many points there is nothing to see between the combinations. */
const fewest = 10;

/**
 * Accuracy over the weights of the three losses, in a triangle: in its corners each supervision
 * alone, on its sides two of them, in the middle all. The number at a point is the mean over its
 * seeds.
 *
 * @param measure The score; by default a linear probe of the class token.
 * @returns A sentence instead where too few weights between the combinations were measured.
 */
export function weightTriangle(
  rows: readonly StudyRow[],
  { readOut = "class token", protocol = "linear probe", level, data }: Measure,
): Figure | string {
  const trained = rows.filter(({ part, lossWeights }) =>
    (part === "combinations" || part === "weights") && lossWeights !== null
  );
  const points = [...Map.groupBy(trained, ({ lossWeights }) => String(lossWeights)).values()]
    .flatMap((group) => {
      const scores = group.flatMap((row) =>
        scoreOf(row, { readOut, protocol, level, data })?.top1 ?? []
      );
      if (scores.length === 0) return [];
      const weights = group[0]!.lossWeights!;
      const sum = weights.reduce((sum, weight) => sum + weight, 0);
      return [{ shares: weights.map((weight) => weight / sum), mean: interval(scores).mean }];
    });
  if (points.length < fewest) {
    return `The weights between the combinations have not been measured: ${points.length} of ` +
      "16 points are there, too few for a figure.";
  }
  const means = points.map(({ mean }) => mean);
  const middle = (Math.min(...means) + Math.max(...means)) / 2; // beneath it colors are dark
  const [ids, lgds, gds] = supervisionNames.map((_, i) =>
    points.map(({ shares }) => +shares[i]!.toFixed(4))
  );
  return displayed({
    data: [{
      type: "scatterternary",
      mode: "markers+text",
      a: ids,
      b: lgds,
      c: gds,
      text: points.map(({ mean }) => mean.toFixed(1)),
      textposition: "middle center",
      textfont: { size: 11, color: points.map(({ mean }) => mean < middle ? paper : "#000000") },
      cliponaxis: false,
      marker: {
        color: points.map(({ mean }) => +mean.toFixed(2)),
        colorscale: "Viridis",
        size: 32,
        colorbar: { title: { text: "top-1 (%)" }, thickness: 14 },
      },
      hovertemplate: "%{text} %<extra></extra>",
    }],
    layout: layout(`Accuracy over the weights: ${level}, ${protocol} of the ${readOut}`, {
      height: 480,
      margin: { l: 64, r: 16, t: 88, b: 52 },
      annotations: [{
        ...{ text: `share of ${supervisionNames[0]}`, showarrow: false },
        ...{ xref: "paper", x: 0.5, xanchor: "left", xshift: 24, yref: "paper", y: 1 },
      }],
      ternary: {
        sum: 1,
        bgcolor: paper,
        aaxis: corner(""), // its title would stand on the point there
        baxis: corner(` <br>share of ${supervisionNames[1]}`),
        caxis: corner(` <br>share of ${supervisionNames[2]}`),
      },
    }),
  });
}

/** The axis that ends in a corner, beneath the points. */
function corner(title: string) {
  const ticks = { tickvals: [0.25, 0.5, 0.75], showticklabels: false, ticks: "" };
  return axis(title, { ...ticks, layer: "below traces" });
}
