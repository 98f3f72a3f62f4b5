import { type Metric, thin } from "./metrics.ts";
import type { Figure } from "./specification.ts";
import { axis, heading, ink, layout, palette } from "./theme.ts";

/**
 * A sign of health: its name, its value in a metric, and the value below which a run has collapsed.
 */
type Sign = {
  name: string;
  unit: string;
  of(metric: Partial<Metric>): number | undefined;
  /** The value below which a run has collapsed, drawn as a dashed line. */
  floor?: number;
};

const signs: Sign[] = [
  {
    name: "Feature spread",
    unit: "spread (1: all directions)",
    of: ({ spread }) => spread,
    floor: 0.05,
  },
  {
    name: "Target entropy",
    unit: "entropy (nats)",
    of: ({ targetEntropy }) => targetEntropy,
  },
  {
    name: "Prototype usage",
    unit: "prototypes in use",
    // The perplexity: as many prototypes, used equally, have the same entropy.
    of: ({ prototypeEntropy }) =>
      prototypeEntropy === undefined ? undefined : Math.exp(prototypeEntropy),
  },
  {
    name: "Neighbor purity",
    unit: "same class (%)",
    of: ({ neighborPurity }) => neighborPurity,
  },
];

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
 */
export function healthPanel(
  metrics: readonly Metric[],
  { title = "Health of the teacher", purity = [] }: HealthPanelOptions = {},
): Figure {
  const points = thin(metrics);
  const measured = signs.map((sign) => {
    const source: Partial<Metric>[] = sign.name === "Neighbor purity" && purity.length
      ? [...purity]
      : points;
    return { sign, points: source.filter((point) => sign.of(point) !== undefined) };
  }).filter(({ points }) => points.length > 0);
  const lines = measured.map(({ sign, points }, i) => ({
    type: "scatter",
    mode: points.length > 30 ? "lines" : "lines+markers",
    name: sign.name,
    showlegend: false,
    x: points.map(({ epoch }) => epoch),
    y: points.map((point) => +sign.of(point)!.toPrecision(4)),
    line: { color: palette[i], width: 2 },
    xaxis: `x${i + 1}`,
    yaxis: `y${i + 1}`,
  }));
  const rows = Math.ceil(measured.length / 2);
  return {
    data: lines,
    layout: layout(title, {
      height: 136 + 210 * rows,
      margin: { l: 64, r: 16, t: 84, b: 52 },
      grid: { rows, columns: 2, pattern: "independent", xgap: 0.2, ygap: 0.42 },
      annotations: measured.map(({ sign }, i) => heading(sign.name, `${i + 1}`)),
      shapes: measured.flatMap(({ sign: { floor } }, i) => floor ? [limit(floor, i + 1)] : []),
      ...Object.fromEntries(measured.flatMap(({ sign }, i) => [
        [`xaxis${i + 1}`, axis("epoch", { rangemode: "tozero" })],
        [`yaxis${i + 1}`, axis(sign.unit, sign.floor === undefined ? {} : { rangemode: "tozero" })],
      ])),
    }),
  };
}

/** A dashed line across a panel. */
function limit(y: number, i: number) {
  return {
    type: "line",
    xref: `x${i} domain`,
    yref: `y${i}`,
    x0: 0,
    x1: 1,
    y0: y,
    y1: y,
    line: { color: ink, width: 1.5, dash: "dash" },
  };
}
