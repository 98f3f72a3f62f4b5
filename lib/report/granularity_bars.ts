import { type Bar, barTraces, chanceLines, methodsOf } from "./bars.ts";
import { displayed } from "./displayed.ts";
import { spread } from "./row.ts";
import type { Figure } from "./specification.ts";
import { axis, layout } from "./theme.ts";

/** The scores of a method at a level. */
export type LevelScore = {
  method: string;
  level: string;
  /** Percent: one number for each seed. */
  scores: readonly number[];
  /** Accuracy of a guess, percent. */
  chance?: number;
};

/** Options of {@linkcode granularityBars}. */
export type GranularityBarsOptions = {
  title?: string;
  /** The name of the score, with its unit. */
  score?: string;
  /** Whether each level has a panel with its own scale, for levels that are far apart. */
  panels?: boolean;
};

/**
 * A group of bars for each level, with a bar for each method: the mean over seeds, an error bar for
 * the standard deviation, and a dashed line at the score of a guess.
 *
 * @throws {RangeError} If there is nothing to draw, or an entry has no score.
 */
export function granularityBars(
  entries: readonly LevelScore[],
  { title = "Accuracy by granularity", score = "k-NN top-1 accuracy (%)", panels = false }:
    GranularityBarsOptions = {},
): Figure {
  const empty = entries.find(({ scores }) => scores.length === 0);
  if (empty || entries.length === 0) {
    const what = empty ? `${empty.method} at level ${empty.level}` : "granularities";
    throw new RangeError(`Cannot draw ${what}: 0 scores given`);
  }
  const bars = entries.map(({ scores, ...rest }) => ({
    ...rest,
    ...spread(scores),
    seeds: scores.length,
  }));
  const groups = panels ? [...Map.groupBy(bars, ({ level }) => level).values()] : [bars];
  const methods = methodsOf(bars);
  return displayed({
    data: groups.flatMap((group, i) =>
      barTraces(group, methods).map((trace) => ({
        ...trace,
        xaxis: `x${i + 1}`,
        yaxis: `y${i + 1}`,
        legendgroup: trace.name,
        showlegend: i === 0,
      }))
    ),
    layout: layout(title, {
      // Wide enough for the numbers to fit into the bars.
      width: Math.max(760, 240 + 34 * bars.length + 20 * (groups.length - 1)),
      height: Math.max(400, 110 + 29 * methods.length), // for all to be in the legend
      barmode: "group",
      bargap: 0.18,
      uniformtext: { minsize: 9, mode: "show" },
      grid: { rows: 1, columns: groups.length, pattern: "independent", xgap: 0.18 },
      shapes: groups.flatMap((group, i) => chanceLines(group, `${i + 1}`)),
      ...Object.assign({}, ...groups.map((group, i) => axes(group, i, score))),
    }),
  });
}

/** The axes of a panel; only the first names the scores. */
function axes(group: readonly Bar[], i: number, score: string) {
  const levels = new Set(group.map(({ level }) => level)).size;
  const title = levels > 1 ? "level of the labels (dashes: a guess)" : "dashes: a guess";
  return {
    [`xaxis${i + 1}`]: axis(title, { showgrid: false, ticks: "" }),
    [`yaxis${i + 1}`]: axis(i === 0 ? score : "", { rangemode: "tozero" }),
  };
}
