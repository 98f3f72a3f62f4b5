import { Display } from "./show.ts";
import type { Content } from "./specification.ts";

/** How often, and where, {@linkcode live} draws. */
export type LiveOptions = {
  /** Seconds between two drawings at least. */
  seconds?: number;
  display?: Pick<Display, "show">;
};

/**
 * Draws what is coming in again and again in one place: the first value at once, then the newest one every few seconds,
 * the last one in any case, also where the source fails.
 *
 * @example Loss curves while training
 * ```ts ignore
 * const steps = await live(follow(run), lossCurves);
 * ```
 *
 * @returns The last value, or `undefined` where none came.
 */
export async function live<T>(
  values: AsyncIterable<T>,
  draw: (value: T) => Content,
  { seconds = 3, display = new Display() }: LiveOptions = {},
): Promise<T | undefined> {
  let newest: { value: T } | undefined;
  let drawn = -Infinity;
  try {
    for await (const value of values) {
      newest = { value };
      if (performance.now() - drawn < 1000 * seconds) continue;
      await display.show(draw(value)); // with its picture: JupyterLab does not draw a figure of Plotly again
      drawn = performance.now();
    }
  } finally {
    if (newest) await display.show(draw(newest.value));
  }
  return newest?.value;
}
