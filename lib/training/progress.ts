import type { Fact } from "./fact.ts";

/**
 * A line on how far a run is: the time left, a bar, the step, images a second, the share of
 * waiting, and the losses. Where they do not all fit, the total stands for the losses, and then
 * what stands last is left out.
 */
export function progressLine(fact: Fact, columns = 100): string {
  const { step, steps, secondsLeft, losses: { total } } = fact;
  const count = `${step}/${steps}`;
  const speed = speedOf(fact);
  const left = speed === "" ? "" : `${duration(secondsLeft)} left`; // unknown before the speed is
  const losses = shownLosses(fact).map(([name, loss]) => `${hyphenated(name)} ${loss.toFixed(2)}`);
  const forms = [[count, speed, ...losses], [count, speed, `loss ${total.toFixed(2)}`], [
    count,
    speed,
  ], [count]].map((words) => words.filter(Boolean).join("  "));
  const room = (words: string) => columns - [left, words].filter(Boolean).join("  ").length - 1;
  const words = forms.find((words) => room(words) >= 8);
  if (words === undefined) return (left || count).slice(0, columns);
  return [left, bar(step / steps, Math.min(room(words), 24)), words].filter(Boolean).join(" ");
}

/** Images a second and the share of waiting; nothing at the first step, where they are unknown. */
function speedOf({ imagesPerSecond: speed, waitShare }: Fact): string {
  if (speed === 0) return "";
  const digits = speed >= 10 ? 0 : speed >= 0.1 ? 1 : 3;
  return `${speed.toFixed(digits)} images/s, ${(100 * waitShare).toFixed(0)} % waiting`;
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

/** Where a {@linkcode ProgressBar} writes; a terminal's columns are those it has at the moment. */
export type Screen = {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
};

/** Standard error as a screen. */
export function standardError(): Screen {
  const isTerminal = Deno.stderr.isTerminal();
  return {
    write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
    isTerminal,
    get columns() {
      return isTerminal ? terminalColumns() : 120;
    },
  };
}

/** The columns of the terminal, which may have been resized; 80 where they cannot be asked for. */
function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || 80;
  } catch {
    return 80; // it is gone
  }
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
