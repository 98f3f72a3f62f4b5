import { ink } from "./theme.ts";

/** A dashed line across a panel of a figure, which are counted from 1. */
export function limitLine(y: number, panel: number) {
  return {
    type: "line",
    xref: `x${panel} domain`,
    yref: `y${panel}`,
    x0: 0,
    x1: 1,
    y0: y,
    y1: y,
    line: { color: ink, width: 1.5, dash: "dash" },
  };
}
