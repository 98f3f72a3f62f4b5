import { barTraces, chanceLines } from "./bars.ts";
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

/**
 * Groups of bars: the levels, and in each a bar for each method: the mean over seeds, its bracket the standard deviation, and
 * a dashed line where a guess would stand.
 *
 * @throws {RangeError} If there is nothing to draw, or an entry has no score.
 */
export function granularityBars(
  entries: readonly LevelScore[],
  { title = "Accuracy by granularity", score = "k-NN top-1 accuracy (%)" } = {},
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
  return {
    data: barTraces(bars),
    layout: layout(title, {
      width: Math.max(760, 240 + 33 * bars.length), // so that the numbers fit into the bars
      barmode: "group",
      bargap: 0.18,
      xaxis: axis("level of the labels (dashes: a guess)", { showgrid: false, ticks: "" }),
      yaxis: axis(score, { rangemode: "tozero" }),
      shapes: chanceLines(bars),
    }),
  };
}
