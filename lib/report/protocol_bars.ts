import { barTraces, chanceLines } from "./bars.ts";
import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import type { ProtocolRow } from "./protocol_table.ts";
import { spread } from "./row.ts";
import type { Figure } from "./specification.ts";
import { axis, layout } from "./theme.ts";

/**
 * The rows of a protocol as bars: a group for each column, with a bar for each method: the mean
 * over seeds, and an error bar for the standard deviation.
 *
 * @param options `score`: what the columns measure, in percent; `chance`: the score of a guess by
 * column, for a dashed line.
 * @throws {RangeError} If there is no row.
 */
export function protocolBars(
  rows: readonly ProtocolRow[],
  { title = "Accuracy", score = "top-1", chance = {} }: {
    title?: string;
    score?: string;
    chance?: Readonly<Record<string, number>>;
  } = {},
): Figure {
  checkGiven(rows, "the rows of a protocol", "rows");
  const groups = Map.groupBy(rows, ({ method, column }) => JSON.stringify([method, column]));
  const bars = [...groups.values()].map((group) => {
    const { method, column } = group[0]!;
    return {
      ...{ method, level: column, seeds: group.length, chance: chance[column] },
      ...spread(group.map(({ value }) => value)),
    };
  });
  const several = bars.some(({ seeds }) => seeds > 1);
  const dashes = Object.keys(chance).length > 0 ? "dashes: a guess" : "";
  return displayed({
    data: barTraces(bars),
    layout: layout(title, {
      barmode: "group",
      bargap: 0.25,
      uniformtext: { minsize: 9, mode: "show" },
      xaxis: axis(dashes, { showgrid: false, ticks: "" }),
      yaxis: axis(`${score} (%)${several ? ", mean ± deviation over seeds" : ""}`, {
        rangemode: "tozero",
      }),
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      margin: { l: 64, r: 16, t: 92, b: 52 },
      shapes: chanceLines(bars),
    }),
  });
}
