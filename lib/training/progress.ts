import type { Fact } from "./fact.ts";

/**
 * A line on how far a run is: a bar, its losses, images a second, the share of waiting, the time
 * left.
 */
export function progressLine(fact: Fact, columns = 100): string {
  const { step, steps, imagesPerSecond, waitShare, secondsLeft } = fact;
  const losses = shownLosses(fact).map(([name, loss]) => `${hyphenated(name)} ${loss.toFixed(2)}`)
    .join("  ");
  const speed = `  ${imagesPerSecond.toFixed(0)} images/s, ` +
    `${(100 * waitShare).toFixed(0)} % waiting  ${duration(secondsLeft)} left`;
  // The speed is unknown at the first step.
  const words = `${step}/${steps}  ${losses}${imagesPerSecond > 0 ? speed : ""}`;
  const room = columns - words.length - 1;
  return room < 8 ? words.slice(0, columns) : `${bar(step / steps, Math.min(room, 24))} ${words}`;
}

/** The losses that the total is made of, or the total alone. */
function shownLosses({ losses: { total, ...parts } }: Fact): [name: string, loss: number][] {
  const entries = Object.entries(parts);
  return entries.length ? entries : [["loss", total]];
}

/** `localGroup` as `local-group`. */
function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Seconds for the eye: `1 h 02 min`, `3 min 20 s`, `8 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h ? `${h} h ${two(min)} min` : min ? `${min} min ${two(s)} s` : `${s} s`;
}

function bar(share: number, width: number): string {
  const eighths = Math.round(share * width * 8);
  const part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]!;
  return ("█".repeat(Math.floor(eighths / 8)) + part).padEnd(width, "·");
}

/** Where a {@linkcode ProgressBar} writes. */
export type Screen = { write(text: string): void; isTerminal: boolean; columns: number };

/** Standard error as a screen. */
export function standardError(): Screen {
  const isTerminal = Deno.stderr.isTerminal();
  return {
    write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
    isTerminal,
    columns: isTerminal ? Deno.consoleSize().columns : 120,
  };
}

/**
 * Shows a run: one line that is rewritten on a terminal, else a line now and then. It ends with the
 * run.
 */
export class ProgressBar {
  #screen: Screen;
  #shown = -Infinity;
  #open = false;

  /**
   * A bar that has not been drawn yet.
   *
   * @param screen By default standard error.
   */
  constructor(screen: Screen = standardError()) {
    this.#screen = screen;
  }

  /** Shows a fact, if it is time for it. */
  show(fact: Fact): void {
    const { isTerminal, columns } = this.#screen;
    const time = performance.now();
    const last = fact.step === fact.steps;
    if (!last && time - this.#shown < (isTerminal ? 100 : 15000)) return;
    this.#shown = time;
    this.#screen.write(
      isTerminal
        ? `\r\x1b[2K${progressLine(fact, columns - 1)}`
        : `${progressLine(fact, columns)}\n`,
    );
    this.#open = isTerminal;
  }

  /** Shows a line of its own, such as a warning, above the bar. */
  say(text: string): void {
    this.#screen.write(`${this.#open ? "\r\x1b[2K" : ""}${text}\n`);
  }

  /** Ends the line. */
  [Symbol.dispose](): void {
    if (this.#open) this.#screen.write("\n");
    this.#open = false;
  }
}
