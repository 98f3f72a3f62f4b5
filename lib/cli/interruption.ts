import { say } from "./task.ts";

/** Ends a task that was told to stop: with code 130. */
export class Interrupted extends Error {
  /** By which it is told from other errors. */
  override name = "Interrupted";
}

/**
 * What Ctrl-C and the signal to terminate do. Where work heeds them it comes to its own end: the step is finished and saved.
 * Else, and at the second one, the process ends at once. Either way the command that goes on is told.
 */
export class Interruption implements Disposable {
  readonly #command: () => string;
  readonly #stop = new AbortController();
  readonly #worker: Worker;
  #heeded = false;

  /**
   * Listens to signals from now on.
   *
   * @param command The command that goes on with what is done, at the time when it is asked.
   */
  constructor(command: () => string) {
    this.#command = command;
    // A thread of its own, since a long step keeps this one from hearing anything.
    this.#worker = new Worker(new URL("./signals_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = () => this.#stopped();
    this.#heed(false);
  }

  /**
   * Does work that heeds its signal.
   *
   * @throws {Interrupted} If it was stopped: what is saved, and the command that goes on.
   */
  async heeded<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#stop;
    this.#heed(true);
    try {
      const done = await work(signal);
      if (signal.aborted) throw new Interrupted("Stopped after the last step, which is saved");
      return done;
    } catch (error) {
      if (!signal.aborted) throw error;
      const { message } = error as Error;
      const told = error instanceof Interrupted ? message : `Stopped, but not saved: ${message}`;
      throw new Interrupted(`${told}. This goes on:\n  ${this.#command()}`);
    } finally {
      this.#heed(false);
    }
  }

  /** Lets signals do again what they do elsewhere. */
  [Symbol.dispose](): void {
    this.#worker.terminate();
  }

  /** Says whether somebody heeds signals from now on; else the other thread ends the process, however busy this one is. */
  #heed(heeded: boolean): void {
    this.#heeded = heeded;
    this.#worker.postMessage(heeded ? null : this.#farewell());
  }

  #stopped(): void {
    if (this.#heeded) {
      say("\nStopping after this step, to save it; once more leaves at once");
      this.#stop.abort();
      return;
    }
    say(this.#farewell()); // the work that would have heeded it has just ended
    Deno.exit(130);
  }

  #farewell(): string {
    return `\nStopped. This goes on:\n  ${this.#command()}`;
  }
}

/** A command line for the shell, as it was given but for some flags. */
export function commandLine(
  task: string,
  args: readonly string[],
  { without = [], more = [] }: {
    /** Flags with a value, or switches ending in `!`. */
    without?: readonly string[];
    more?: readonly string[];
  } = {},
): string {
  const kept: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [name, value] = args[i].split("=");
    if (without.includes(`${name}!`)) continue;
    if (!without.includes(name)) kept.push(args[i]);
    else if (value === undefined) i++;
  }
  return ["deno task", task, ...[...kept, ...more].map(quoted)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
