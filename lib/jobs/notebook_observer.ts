import { Display, jupyter, showProgress } from "../report/mod.ts";
import type { Count } from "../protocols/mod.ts";
import { type Fact, progressLine } from "../training/mod.ts";
import { type Observer, silent } from "./observer.ts";

/** How often and where a notebook is told. */
export type NotebookOptions = {
  /** The smallest number of seconds between two drawings of progress. */
  seconds?: number;
  /** Makes a place in the output of the cell. */
  display?: () => Pick<Display, "show">;
};

/** The observer of a job that was given none: the cell of a notebook, and nobody elsewhere. */
export function defaultObserver(): Observer {
  return jupyter() === null ? silent : notebookObserver();
}

/**
 * Shows in the output of a cell how far a job has come and how long it still takes, in a place of
 * its own that is redrawn, and the lines that the user should read.
 */
export function notebookObserver(
  { seconds = 1, display = () => new Display() }: NotebookOptions = {},
): Observer {
  const training = display();
  const showCount = showProgress({ seconds, display: display() });
  let drawn = -Infinity;
  let drawing: Promise<void> = Promise.resolve();
  const draw = (place: Pick<Display, "show">, text: string) => {
    drawing = drawing.then(() => place.show(text)).catch(() => {}); // nobody sees it
  };
  return {
    tell: (line) => draw(display(), line),
    count: (count: Count) => showCount(count),
    step(fact: Fact) {
      const now = performance.now();
      if (fact.step < fact.steps && now - drawn < 1000 * seconds) return;
      drawn = now;
      draw(training, `\`${progressLine(fact)}\``);
    },
  };
}
