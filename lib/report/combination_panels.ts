import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { interval } from "./interval.ts";
import type { Figure } from "./specification.ts";
import {
  bySeed,
  combinationNames,
  levelsOf,
  mainRows,
  type Measure,
  untrainedName,
} from "./study_scores.ts";
import type { StudyRow } from "./study_row.ts";
import { axis, errorBars, heading, ink, layout, markerSymbols, palette } from "./theme.ts";

/** A panel: what it is called, and which scores stand in it. */
type Panel = { name: string; measure: Measure };

/** What is scored without a network. */
const plainNames = ["raw pixels", "color histogram"];

/** Panels in a row. */
const columns = 3;

/**
 * The combinations of supervisions under the main budget, each by all read-outs: the mean over
 * seeds with its 95 % interval. There is a panel for each level by linear probe, and for k-NN, the
 * retrieval of the other view and the transfer to other images, as far as they were measured. The
 * cross is the network before training, with its interval; lines are what needs no network.
 *
 * @throws {RangeError} If no combination was scored.
 */
export function combinationPanels(
  rows: readonly StudyRow[],
  { title = "What the combinations teach, by what is read out" } = {},
): Figure {
  const scored = mainRows(rows).filter(({ lossWeights }) => lossWeights !== null);
  checkGiven(scored, "combinations of supervisions", "rows");
  const panels = panelsOf(scored);
  const methods = [untrainedName, ...combinationNames];
  const readOuts = [...new Set(scored.flatMap(({ scores }) => scores.map((s) => s.readOut)))];
  return displayed({
    data: panels.flatMap(({ measure }, panel) => [
      ...methods.map((method, i) => ({
        ...dots(rows, { method, measure, readOuts, shift: (i - methods.length / 2 + 0.5) * 0.1 }),
        ...inPanel(method, panel),
        marker: {
          color: i === 0 ? ink : palette[i - 1],
          symbol: i === 0 ? "x-thin-open" : markerSymbols[i - 1],
          size: 8,
        },
      })),
      ...plainNames.map((method, i) => ({
        type: "scatter",
        mode: "lines",
        ...level(rows, { method, measure, width: readOuts.length }),
        ...inPanel(method, panel),
        line: { color: ink, width: 1.5, dash: i === 0 ? "dot" : "dashdot" },
      })),
    ]),
    layout: layout(title, {
      width: 1080,
      height: 150 + 300 * Math.ceil(panels.length / columns),
      margin: { l: 64, r: 16, t: 128, b: 52 },
      grid: {
        ...{ rows: Math.ceil(panels.length / columns), columns },
        ...{ pattern: "independent", xgap: 0.16, ygap: 0.28 },
      },
      legend: { orientation: "h", x: 0, y: 1.06, yanchor: "bottom" },
      annotations: panels.map(({ name }, i) => heading(name, `${i + 1}`)),
      ...Object.fromEntries(panels.flatMap((_, i) => [
        [`xaxis${i + 1}`, readOutAxis(readOuts)],
        [`yaxis${i + 1}`, axis("top-1 (%)")],
      ])),
    }),
  });
}

/** The panels for which there are scores. */
function panelsOf(rows: readonly StudyRow[]): Panel[] {
  const levels = levelsOf(rows);
  const middle = levels[Math.floor(levels.length / 2)]!;
  const own = rows[0]!.data;
  const scores = rows[0]!.scores;
  const others = [...new Set(scores.map(({ data }) => data))].filter((data) => data !== own);
  return [
    ...levels.map((level): Panel => ({
      name: `${level}, linear probe`,
      measure: { level, protocol: "linear probe" },
    })),
    { name: `${middle}, k-NN`, measure: { level: middle, protocol: "k-NN" } },
    { name: "the other view, retrieval", measure: { level: "image", protocol: "retrieval" } },
    ...others.map((data): Panel => ({
      name: `${middle}, ${data.replace(/^granules of /, "")}, k-NN`,
      measure: { level: middle, protocol: "k-NN", data },
    })),
  ];
}

/** What a trace is called, and where it stands; the legend names it once. */
function inPanel(name: string, panel: number) {
  return {
    ...{ name, legendgroup: name, showlegend: panel === 0 },
    ...{ xaxis: `x${panel + 1}`, yaxis: `y${panel + 1}` },
    hovertemplate: `${name}: %{y:.1f} %<extra></extra>`,
  };
}

/** A line through a panel at the score of what has but one read-out, if it was measured. */
function level(
  rows: readonly StudyRow[],
  { method, measure, width }: { method: string; measure: Measure; width: number },
) {
  const [score] = bySeed(rows, method, { ...measure, readOut: method }).values();
  return score === undefined ? { x: [], y: [] } : { x: [-0.6, width - 0.4], y: [score, score] };
}

/** The means of a method in a panel, beside those of the other methods. */
function dots(
  rows: readonly StudyRow[],
  { method, measure, readOuts, shift }: {
    method: string;
    measure: Measure;
    readOuts: readonly string[];
    shift: number;
  },
) {
  const points = readOuts.flatMap((readOut, i) => {
    const scores = [...bySeed(rows, method, { ...measure, readOut }).values()];
    return scores.length === 0 ? [] : [{ x: +(i + shift).toFixed(2), ...interval(scores) }];
  });
  return {
    type: "scatter",
    mode: "markers",
    x: points.map(({ x }) => x),
    y: points.map(({ mean }) => +mean.toFixed(2)),
    error_y: errorBars(points.map(({ half }) => half ?? 0), { width: 2 }),
  };
}

function readOutAxis(readOuts: readonly string[]) {
  return axis("read-out, mean and 95 % interval", {
    tickvals: readOuts.map((_, i) => i),
    ticktext: readOuts.map((name) => name.replace(/ token$/, "")),
    range: [-0.6, readOuts.length - 0.4],
    showgrid: false,
  });
}
