import { shortDuration } from "../short_duration.ts";
import { Display } from "./show.ts";

/** How far something that is counted has come. */
export type Progress = { what: string; done: number; total: number };

/** How often and where {@linkcode showProgress} draws. */
export type ShowProgressOptions = {
  /** The smallest number of seconds between two drawings. */
  seconds?: number;
  display?: Pick<Display, "show">;
};

/**
 * Shows in one place of a notebook how far work has come and how long it still takes, for work that
 * takes minutes.
 *
 * @example While features are extracted and scored
 * ```ts ignore
 * await scoreAll(data, encoders, { ...config, onProgress: showProgress() });
 * ```
 */
export function showProgress(
  { seconds = 1, display = new Display() }: ShowProgressOptions = {},
): (progress: Progress) => void {
  let current = { what: "", start: 0 };
  let drawn = -Infinity;
  let drawing: Promise<void> = Promise.resolve();
  return ({ what, done, total }) => {
    const now = performance.now();
    if (what !== current.what) current = { what, start: now };
    if (done < total && now - drawn < 1000 * seconds) return;
    drawn = now;
    const line = progressText({ what, done, total }, (now - current.start) / 1000);
    drawing = drawing.then(() => display.show(line)); // one after the other
  };
}

/** How far something has come in some seconds, as Markdown. */
function progressText({ what, done, total }: Progress, seconds: number): string {
  const left = done > 0 && done < total && seconds > 0
    ? `, ${shortDuration(seconds * (total - done) / done)} left`
    : "";
  return `${what}: ${done} of ${total}${left}`;
}
