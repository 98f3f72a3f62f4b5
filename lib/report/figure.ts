import type { PaperRow } from "../paper/mod.ts";
import { type Row, type Spread, summarize, type Summary } from "./row.ts";
import type { Figure } from "./specification.ts";

/** A point of the training curve. */
export type CurvePoint = { epoch: number; instance: number; localGroup: number; group: number };

/** Colours that stay apart for colour-blind readers (Okabe and Ito), and two more. */
const palette = [
  "#0072B2",
  "#E69F00",
  "#009E73",
  "#CC79A7",
  "#56B4E9",
  "#D55E00",
  "#999999",
  "#000000",
  "#7E57C2",
  "#8D6E63",
];

/**
 * Panels: k-NN and linear accuracy of the measured rows, the training losses (where there are any), and the
 * paper's accuracies against the number of parameters.
 */
export function figure(
  paper: readonly PaperRow[],
  measured: readonly Row[],
  curve: readonly CurvePoint[] = [],
): Figure {
  const rows = summarize(measured);
  const [knn, linear] = [bars(rows, "knn", ""), bars(rows, "linear", "2")];
  const trained = curve.length > 0;
  return {
    data: [...knn.data, ...linear.data, ...losses(curve, "3"), ...scatter(paper, "4")],
    layout: {
      title: { text: "Mugs: measured here, and as the paper reports it", x: 0.02, y: 0.98 },
      width: 1180,
      height: 900,
      margin: { l: 70, r: 150, t: 110, b: 70 },
      font: { family: "sans-serif", size: 13 },
      barmode: "group",
      plot_bgcolor: "#fff",
      xaxis: axis("", left, "y"),
      yaxis: percent("k-NN top-1 accuracy (%)", upper, "x"),
      xaxis2: axis("", right, "y2"),
      yaxis2: percent("linear top-1 accuracy (%)", upper, "x2"),
      xaxis3: axis("epoch", left, "y3"),
      yaxis3: { ...axis("loss (nats)", lower, "x3"), rangemode: "tozero" },
      xaxis4: {
        ...axis("parameters (millions)", trained ? right : left, "y4"),
        type: "log",
        tickvals: [20, 30, 50, 100, 200, 300],
        range: [1.25, 2.6],
      },
      yaxis4: { ...axis("ImageNet-1K linear accuracy (%)", lower, "x4"), range: [68, 84] },
      shapes: [...knn.shapes, ...linear.shapes],
      annotations: [
        panel("Measured: k-NN on frozen features (dashes: chance)", left, upper),
        panel("Measured: linear probe on frozen features", right, upper),
        ...(trained ? [panel("Training losses", left, lower)] : []),
        panel("The paper: linear accuracy by size", trained ? right : left, lower),
      ],
      legend: { ...legend(0, upper[1] + 0.075), xanchor: "left", orientation: "h" },
      legend3: { ...legend(left[1], lower[1]), xanchor: "right" },
      legend4: { ...legend((trained ? right : left)[1] + 0.01, lower[1]), xanchor: "left" },
    },
  };
}

/** Places on the sheet, as shares of its width and height. */
const [left, right] = [[0, 0.45], [0.55, 1]];
const [lower, upper] = [[0, 0.42], [0.55, 0.97]];

/** Bars by level, a colour for each method, and a dash at the level of chance. */
function bars(rows: readonly Summary[], score: "knn" | "linear", axes: string) {
  const shown = rows.filter((row) => row[score] !== null);
  const label = (row: Summary) => row.level ?? row.data;
  const methods = [...new Set(rows.map((row) => row.method))];
  const data = methods.flatMap((method, i) => {
    const own = shown.filter((row) => row.method === method);
    const spreads = own.map((row) => row[score] as Spread);
    return own.length === 0 ? [] : [{
      type: "bar",
      name: method,
      showlegend: axes === "",
      x: own.map(label),
      y: spreads.map(({ mean }) => mean),
      text: spreads.map(({ mean }) => mean.toFixed(1)),
      // Above the bars, unless error bars stand there.
      textposition: spreads.some(({ deviation }) => deviation > 0) ? "inside" : "outside",
      insidetextanchor: "start",
      textangle: 0,
      marker: { color: palette[i % palette.length] },
      error_y: {
        type: "data",
        array: spreads.map(({ deviation }) => deviation),
        visible: own.some((row) => row.seeds.length > 1),
      },
      ...on(axes),
    }];
  });
  const chances = [...new Map(shown.map((row) => [label(row), row.chance])).values()];
  const shapes = chances.map((y, i) => ({
    type: "line",
    xref: `x${axes}`,
    yref: `y${axes}`,
    x0: i - 0.45,
    x1: i + 0.45,
    y0: y,
    y1: y,
    line: { color: "#222", width: 1.5, dash: "dash" },
  }));
  return { data, shapes };
}

/** The three losses over the epochs. */
function losses(curve: readonly CurvePoint[], axes: string) {
  const names = { instance: "instance", localGroup: "local group", group: "group" } as const;
  if (curve.length === 0) return [];
  return Object.entries(names).map(([key, name], i) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: curve.map((point) => point.epoch),
    y: curve.map((point) => point[key as keyof typeof names]),
    line: { color: palette[i], width: 2 },
    ...on(axes),
  }));
}

/** A point for each row of the paper, a colour for each method, Mugs larger. */
function scatter(paper: readonly PaperRow[], axes: string) {
  const methods = [...new Set(paper.map((row) => row.method))];
  methods.sort((a, b) => Number(b === "Mugs") - Number(a === "Mugs"));
  const symbols = ["star", "circle", "square", "diamond", "cross", "x", "triangle-up", "pentagon"];
  return methods.map((method, i) => {
    const own = paper.filter((row) => row.method === method);
    return {
      type: "scatter",
      mode: "markers",
      name: method,
      x: own.map((row) => row.parameters),
      y: own.map((row) => row.linear),
      text: own.map((row) => `${row.method}, ${row.arch}`),
      hovertemplate: "%{text}<br>%{y} %<extra></extra>",
      marker: {
        color: palette[i % palette.length],
        symbol: symbols[i % symbols.length],
        size: method === "Mugs" ? 15 : 9,
      },
      ...on(axes),
    };
  });
}

const on = (axes: string) => ({
  xaxis: `x${axes}`,
  yaxis: `y${axes}`,
  legend: axes === "2" ? "legend" : `legend${axes}`,
});

const axis = (title: string, domain: number[], anchor: string) => ({
  title: { text: title, standoff: 10 },
  domain,
  anchor,
  gridcolor: "#e5e5e5",
  linecolor: "#888",
  showline: true,
  zeroline: false,
});

const percent = (title: string, domain: number[], anchor: string) => ({
  ...axis(title, domain, anchor),
  rangemode: "tozero",
});

const panel = (text: string, [x]: number[], [, y]: number[]) => ({
  text: `<b>${text}</b>`,
  xref: "paper",
  yref: "paper",
  x,
  y: y + 0.01,
  xanchor: "left",
  yanchor: "bottom",
  showarrow: false,
  font: { size: 14 },
});

const legend = (x: number, y: number) => ({ x, y, yanchor: "top", font: { size: 12 } });
