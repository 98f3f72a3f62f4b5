import { escapeControls, escapeText } from "../images/mod.ts";
import type { Count } from "../protocols/mod.ts";
import { duration, type Fact, ProgressBar, type Screen, standardError } from "../training/mod.ts";
import { countLine } from "./count_line.ts";
import type { Observer } from "./observer.ts";

/** Seconds of compiling from which on it is told. */
const shownAfter = 2;

/**
 * Reports on standard error: in lines, and on a terminal in one that is redrawn for what goes on.
 */
export class StandardError implements Observer, Disposable {
  readonly #screen: Screen;
  readonly #bar: ProgressBar;
  /** When something that is counted was first told and where it stood, and when it was shown. */
  readonly #counts = new Map<string, { start: number; from: number; shown: number }>();
  /** Whether the cursor stands behind a count that is redrawn. */
  #counting = false;
  readonly #wording: (line: string) => string;

  /** What happens when the job begins to heed its signal, or no longer does. */
  heed: (heeded: boolean) => void = () => {};

  /**
   * Nothing is written yet.
   *
   * @param wording How lines are worded, for instance with options written as flags.
   * @param screen Where they are written, by default to standard error.
   */
  constructor(
    wording: (line: string) => string = (line) => line,
    screen: Screen = standardError(),
  ) {
    this.#wording = wording;
    this.#screen = unbreakable(screen);
    this.#bar = new ProgressBar(this.#screen);
  }

  /** Writes a line, above the one that is redrawn; a terminal has it broken between words. */
  tell(line: string): void {
    if (this.#counting) this.#screen.write("\r\x1b[K");
    this.#counting = false;
    const text = escapeText(this.#wording(line));
    const { isTerminal, columns } = this.#screen;
    this.#bar.say(isTerminal ? wrapped(text, columns) : text);
  }

  /** Shows how far training has come. */
  step(fact: Fact): void {
    this.#bar.show(fact);
    if (fact.step === fact.steps) this.#bar[Symbol.dispose]();
  }

  /** Shows for how long XLA has been compiling a function, which keeps this thread busy. */
  compiling(name: string): Disposable {
    const start = performance.now();
    const { isTerminal } = this.#screen;
    const worker = new Worker(new URL("./compiling_worker.ts", import.meta.url), {
      type: "module",
    });
    worker.postMessage({ name, isTerminal });
    return {
      [Symbol.dispose]: () => {
        worker.terminate();
        const seconds = (performance.now() - start) / 1000;
        if (seconds < shownAfter) return;
        if (isTerminal) this.#screen.write("\r\x1b[2K");
        this.tell(`XLA compiled ${name} in ${duration(seconds)}`);
      },
    };
  }

  /** Shows how far something that is counted has come: without a terminal now and then. */
  count(count: Count): void {
    const now = performance.now();
    const { isTerminal, columns } = this.#screen;
    const first = { start: now, from: count.done, shown: now };
    const { start, from, shown } = this.#counts.get(count.what) ?? first;
    const ends = count.done >= count.total;
    const isFirst = !this.#counts.has(count.what);
    const pause = isTerminal ? redrawn : interval;
    const isDue = ends || (isTerminal && isFirst) || now - shown >= pause;
    if (ends) this.#counts.delete(count.what);
    else this.#counts.set(count.what, { start, from, shown: isDue ? now : shown });
    const line = escapeControls(countLine(count, { seconds: (now - start) / 1000, from }));
    if (!isDue) return;
    if (isTerminal) {
      this.#screen.write(`\r\x1b[K${line.slice(0, columns - 1)}${ends ? "\n" : ""}`);
      this.#counting = !ends;
    } else this.#screen.write(`${line}\n`);
  }

  /** Ends the line that is redrawn. */
  [Symbol.dispose](): void {
    this.#bar[Symbol.dispose]();
    if (this.#counting) this.#screen.write("\n");
    this.#counting = false;
  }
}

/** Milliseconds between two drawings of a count on a terminal. */
const redrawn = 100;

/** Milliseconds between two lines on something that is counted, where there is no terminal. */
const interval = 15_000;

/** Text whose lines end within a number of columns, as far as its words do. */
function wrapped(text: string, columns: number): string {
  const overlong = new RegExp(`(?=.{${columns + 1}})(\\S.{0,${columns - 1}}) +`, "g");
  return text.replace(overlong, "$1\n");
}

/** A screen that may go away, as a terminal that is closed, without harm to the work. */
function unbreakable(screen: Screen): Screen {
  return {
    isTerminal: screen.isTerminal,
    get columns() {
      return screen.columns;
    },
    write(text) {
      try {
        screen.write(text);
      } catch {
        // Nobody sees it.
      }
    },
  };
}
