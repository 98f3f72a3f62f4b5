import { Display } from "./show.ts";
import type { Content } from "../specification.ts";

/** How often and where {@linkcode live} draws. */
export type LiveOptions = {
  /** The smallest number of seconds between two drawings. */
  seconds?: number;
  display?: Pick<Display, "show">;
};

/**
 * Draws incoming values in one place: the first value at once, then the newest one every few
 * seconds, and the last one in any case, even if the source fails.
 *
 * @example Loss curves while training
 * ```ts ignore
 * const steps = await live(follow(run), lossCurves);
 * ```
 *
 * @returns The last value, or `undefined` if there was none.
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
      // Includes the PNG: JupyterLab does not draw an updated figure of Plotly again.
      await display.show(draw(value));
      drawn = performance.now();
    }
  } finally {
    if (newest) await display.show(draw(newest.value));
  }
  return newest?.value;
}
