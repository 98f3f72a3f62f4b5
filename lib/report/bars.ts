import type { Spread } from "./row.ts";
import type { Figure } from "./specification.ts";
import { ink, palette, textOn } from "./theme.ts";

/** A bar: the score of a method at a level, the number of seeds, and the score of a guess. */
export type Bar = Spread & {
  method: string;
  level: string;
  seeds: number;
  chance?: number;
};

/** The methods in the order of their first appearance, which determines their colors. */
export function methodsOf(bars: readonly Bar[]): string[] {
  return [...new Set(bars.map(({ method }) => method))];
}

/**
 * Groups of bars: the levels along the axis, a color for each method, and an error bar for the
 * deviation over seeds.
 */
export function barTraces(bars: readonly Bar[], methods = methodsOf(bars)): Figure["data"] {
  const highest = Math.max(...bars.map(({ mean }) => mean));
  return methods.map((method, i) => {
    const group = bars.filter((bar) => bar.method === method);
    const color = palette[i % palette.length] ?? ink;
    const several = group.some(({ seeds }) => seeds > 1);
    return {
      type: "bar",
      name: method,
      x: group.map(({ level }) => level),
      y: group.map(({ mean }) => +mean.toFixed(2)),
      // Above the bars, unless error bars stand there; a low bar has no room for it then.
      text: group.map(({ mean }) => several && mean < 0.06 * highest ? "" : mean.toFixed(1)),
      textposition: several ? "inside" : "outside",
      insidetextanchor: "middle",
      textangle: 0,
      textfont: several ? { color: textOn(color), size: 10 } : { size: 10 },
      cliponaxis: false,
      // More methods than there are colors: the same ones again, hatched.
      marker: { color, ...i >= palette.length && { pattern: { shape: "/" } } },
      error_y: {
        type: "data",
        array: group.map(({ deviation }) => +deviation.toFixed(2)),
        visible: several,
        color: ink,
        thickness: 2,
      },
      hovertemplate: `%{x}, ${method}: %{y:.1f} %<extra></extra>`,
    };
  });
}

/** Dashed lines through the groups of {@linkcode barTraces} at the score of a guess. */
export function chanceLines(bars: readonly Bar[], axes = ""): Record<string, unknown>[] {
  const chances = new Map(bars.toReversed().map(({ level, chance }) => [level, chance]));
  const levels = [...new Set(bars.map(({ level }) => level))];
  return levels.flatMap((level, i) => {
    const chance = chances.get(level);
    if (chance === undefined) return [];
    return [{
      type: "line",
      xref: `x${axes}`,
      yref: `y${axes}`,
      x0: i - 0.45,
      x1: i + 0.45,
      y0: chance,
      y1: chance,
      line: { color: ink, width: 1.5, dash: "dash" },
    }];
  });
}
