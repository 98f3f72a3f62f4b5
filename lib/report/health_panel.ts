import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { limitLine } from "./limit_line.ts";
import { type Metric, thin } from "./metrics.ts";
import { type Sign, signs } from "./signs.ts";
import type { Figure } from "./specification.ts";
import { axis, heading, layout, palette } from "./theme.ts";

/** Options of {@linkcode healthPanel}. */
export type HealthPanelOptions = {
  title?: string;
  /**
   * The percentage of nearest neighbors of the same class, if it was measured outside the training.
   */
  purity?: readonly { epoch: number; neighborPurity: number }[];
};

/**
 * The health of a run over the epochs: the spread of the teacher's features (dashed: collapse), the
 * certainty of its assignments to prototypes, the number of prototypes in use, and the share of
 * nearest neighbors that are of the same class. A sign that was not measured is omitted.
 *
 * @throws {RangeError} If none was measured.
 */
export function healthPanel(
  metrics: readonly Metric[],
  { title = "Health of the teacher", purity = [] }: HealthPanelOptions = {},
): Figure {
  const points: Readonly<Record<string, unknown>>[] = [...thin(metrics), ...purity];
  const panels = Object.entries(signs).map(([name, sign]) => ({
    ...sign,
    values: points.flatMap(({ epoch, [name]: value }) =>
      typeof value === "number" ? [{ x: epoch, y: +shownOf(sign, value).toPrecision(4) }] : []
    ),
  })).filter(({ values }) => values.length > 0);
  checkGiven(panels, "the health of a run", "signs of it");
  const lines = panels.map(({ title, values }, i) => ({
    type: "scatter",
    mode: values.length > 30 ? "lines" : "lines+markers",
    name: title,
    showlegend: false,
    x: values.map(({ x }) => x),
    y: values.map(({ y }) => y),
    line: { color: palette[i], width: 2 },
    xaxis: `x${i + 1}`,
    yaxis: `y${i + 1}`,
  }));
  const rows = Math.ceil(panels.length / 2);
  return displayed({
    data: lines,
    layout: layout(title, {
      height: 136 + 210 * rows,
      margin: { l: 64, r: 16, t: 84, b: 52 },
      grid: { rows, columns: 2, pattern: "independent", xgap: 0.2, ygap: 0.42 },
      annotations: panels.map(({ title }, i) => heading(title, `${i + 1}`)),
      shapes: panels.flatMap(({ floor }, i) => floor ? [limitLine(floor, i + 1)] : []),
      ...Object.fromEntries(panels.flatMap(({ unit, floor, values }, i) => [
        [`xaxis${i + 1}`, axis("epoch", { rangemode: "tozero" })],
        [
          `yaxis${i + 1}`,
          // From 0 only where there is a limit to be seen, or no shape to be lost.
          axis(unit, floor !== undefined || values.length === 1 ? { rangemode: "tozero" } : {}),
        ],
      ])),
    }),
  });
}

function shownOf({ shown }: Sign, value: number): number {
  return shown ? shown(value) : value;
}
