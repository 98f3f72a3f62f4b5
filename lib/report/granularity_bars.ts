import { type Bar, barTraces, chanceLines, methodsOf } from "./bars.ts";
import { spread } from "./row.ts";
import type { Figure } from "./specification.ts";
import { axis, layout } from "./theme.ts";

/** What a method scores at a level. */
export type LevelScore = {
  method: string;
  level: string;
  /** Percent: one number a seed. */
  scores: readonly number[];
  /** Accuracy of a guess, percent. */
  chance?: number;
};

/** Options of {@linkcode granularityBars}. */
export type GranularityBarsOptions = {
  title?: string;
  /** What the scores are, with their unit. */
  score?: string;
  /** A panel with its own scale for each level, where the levels are far apart. */
  panels?: boolean;
};

/**
 * Groups of bars: the levels, and in each a bar for each method: the mean over seeds, its bracket the standard deviation, and
 * a dashed line where a guess would stand.
 *
 * @throws {RangeError} If there is nothing to draw, or an entry has no score.
 */
export function granularityBars(
  entries: readonly LevelScore[],
  { title = "Accuracy by granularity", score = "k-NN top-1 accuracy (%)", panels = false }:
    GranularityBarsOptions = {},
): Figure {
  const bare = entries.find(({ scores }) => scores.length === 0);
  if (bare || entries.length === 0) {
    const what = bare ? `${bare.method} at level ${bare.level}` : "granularities";
    throw new RangeError(`Cannot draw ${what}: 0 scores given`);
  }
  const bars = entries.map(({ scores, ...rest }) => ({
    ...rest,
    ...spread(scores),
    seeds: scores.length,
  }));
  const groups = panels ? [...Map.groupBy(bars, ({ level }) => level).values()] : [bars];
  const methods = methodsOf(bars);
  return {
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
      width: Math.max(760, 240 + 34 * bars.length + 20 * (groups.length - 1)), // so that the numbers fit into the bars
      barmode: "group",
      bargap: 0.18,
      uniformtext: { minsize: 9, mode: "show" },
      grid: { rows: 1, columns: groups.length, pattern: "independent", xgap: 0.18 },
      shapes: groups.flatMap((group, i) => chanceLines(group, `${i + 1}`)),
      ...Object.assign({}, ...groups.map((group, i) => axes(group, i, score))),
    }),
  };
}

/** The axes of a panel; only the first tells what the scores are. */
function axes(group: readonly Bar[], i: number, score: string) {
  const levels = new Set(group.map(({ level }) => level)).size;
  const words = levels > 1 ? "level of the labels (dashes: a guess)" : "dashes: a guess";
  return {
    [`xaxis${i + 1}`]: axis(words, { showgrid: false, ticks: "" }),
    [`yaxis${i + 1}`]: axis(i === 0 ? score : "", { rangemode: "tozero" }),
  };
}
