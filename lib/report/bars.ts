import type { Spread } from "./row.ts";
import type { Figure } from "./specification.ts";
import { ink, palette } from "./theme.ts";

/** A bar: what a method scores at a level, over how many seeds, and what a guess would. */
export type Bar = Spread & {
  method: string;
  level: string;
  seeds: number;
  chance?: number;
};

/** The methods in the order of their first appearance, which decides their colours. */
export function methodsOf(bars: readonly Bar[]): string[] {
  return [...new Set(bars.map(({ method }) => method))];
}

/** Groups of bars: the levels along the axis, a colour for each method, a bracket for the deviation over seeds. */
export function barTraces(bars: readonly Bar[], methods = methodsOf(bars)): Figure["data"] {
  const highest = Math.max(...bars.map(({ mean }) => mean));
  return methods.map((method, i) => {
    const own = bars.filter((bar) => bar.method === method);
    const several = own.some(({ seeds }) => seeds > 1);
    return {
      type: "bar",
      name: method,
      x: own.map(({ level }) => level),
      y: own.map(({ mean }) => +mean.toFixed(2)),
      // Above the bars, unless brackets stand there; a low bar has no room for it then.
      text: own.map(({ mean }) => several && mean < 0.06 * highest ? "" : mean.toFixed(1)),
      textposition: several ? "inside" : "outside",
      insidetextanchor: "middle",
      textangle: 0,
      textfont: several ? { color: "#fff", size: 10 } : { size: 10 },
      cliponaxis: false,
      marker: { color: palette[i % palette.length] },
      error_y: {
        type: "data",
        array: own.map(({ deviation }) => +deviation.toFixed(2)),
        visible: several,
        color: ink,
        thickness: 2,
      },
      hovertemplate: `%{x}, ${method}: %{y:.1f} %<extra></extra>`,
    };
  });
}

/** Dashed lines through the groups of {@linkcode barTraces} where a guess would stand. */
export function chanceLines(bars: readonly Bar[], axes = ""): Record<string, unknown>[] {
  return [...Map.groupBy(bars, ({ level }) => level).values()].flatMap(([{ chance }], i) =>
    chance === undefined ? [] : [{
      type: "line",
      xref: `x${axes}`,
      yref: `y${axes}`,
      x0: i - 0.45,
      x1: i + 0.45,
      y0: chance,
      y1: chance,
      line: { color: ink, width: 1.5, dash: "dash" },
    }]
  );
}
