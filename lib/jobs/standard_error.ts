import type { Count } from "../protocols/mod.ts";
import { type Fact, ProgressBar, type Screen, standardError } from "../training/mod.ts";
import type { Observer } from "./observer.ts";

/**
 * Reports on standard error: in lines, and on a terminal in one that is redrawn for what goes on.
 */
export class StandardError implements Observer, Disposable {
  readonly #screen: Screen = unbreakable(standardError());
  readonly #bar = new ProgressBar(this.#screen);
  /** When something that is counted began. */
  readonly #starts = new Map<string, number>();
  readonly #wording: (line: string) => string;

  /** What happens when the job begins to heed its signal, or no longer does. */
  heed: (heeded: boolean) => void = () => {};

  /**
   * Nothing is written yet.
   *
   * @param wording How lines are worded, for instance with options written as flags.
   */
  constructor(wording: (line: string) => string = (line) => line) {
    this.#wording = wording;
  }

  /** Writes a line, above the one that is redrawn. */
  tell(line: string): void {
    this.#bar.say(this.#wording(line));
  }

  /** Shows how far training has come. */
  step(fact: Fact): void {
    this.#bar.show(fact);
    if (fact.step === fact.steps) this.#bar[Symbol.dispose]();
  }

  /** Shows how far something that is counted has come: without a terminal at its end only. */
  count({ what, done, total }: Count): void {
    const now = performance.now();
    const start = this.#starts.get(what) ?? now;
    this.#starts.set(what, start);
    const seconds = Math.max((now - start) / 1000, 1e-3);
    const line = `${what}: ${done}/${total}, ${Math.round(done / seconds)}/s`;
    if (done >= total) this.#starts.delete(what);
    const { isTerminal } = this.#screen;
    if (isTerminal) this.#screen.write(`\r\x1b[K${line}${done >= total ? "\n" : ""}`);
    else if (done >= total) this.#screen.write(`${line}\n`);
  }

  /** Ends the line that is redrawn. */
  [Symbol.dispose](): void {
    this.#bar[Symbol.dispose]();
  }
}

/** A screen that may go away, as a terminal that is closed, without harm to the work. */
function unbreakable(screen: Screen): Screen {
  return {
    ...screen,
    write(text) {
      try {
        screen.write(text);
      } catch {
        // Nobody sees it.
      }
    },
  };
}
