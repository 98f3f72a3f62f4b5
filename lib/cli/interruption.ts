import { escapeText } from "../images/mod.ts";
import { Interrupted } from "../runs/mod.ts";
import { say } from "./output.ts";

/**
 * What Ctrl-C and the signals that ask a process to end do. Work that heeds them comes to its own
 * end: the step at hand is finished and saved. Otherwise, and at the second signal, the process
 * ends at once. Either way the user is told the command that continues.
 */
export class Interruption implements Disposable {
  readonly #command: () => string;
  readonly #stop = new AbortController();
  readonly #worker: Worker;
  #heeded = false;

  /**
   * Listens to signals from now on.
   *
   * @param command The command that continues from what is saved at the time when it is asked for.
   */
  constructor(command: () => string) {
    this.#command = command;
    // A thread of its own, since a long step keeps this one from hearing anything.
    this.#worker = new Worker(new URL("./signals_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = () => this.#receive();
    this.heed(false);
  }

  /** Aborted by the first signal that comes while it is heeded. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /**
   * Says whether work heeds the signal from now on; if not, a signal ends the process, however busy
   * it is.
   */
  heed(heeded: boolean): void {
    this.#heeded = heeded;
    this.#worker.postMessage(heeded ? null : this.#farewell());
  }

  /**
   * Does work, and where it was stopped says how to continue.
   *
   * @throws {Interrupted} If it was stopped: what is saved, and the command that continues.
   */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!this.signal.aborted) throw error;
      const { message } = error as Error;
      const saved = error instanceof Interrupted ? message : `Stopped, but not saved: ${message}`;
      throw new Interrupted(`${saved}. To continue:\n  ${this.#command()}`);
    } finally {
      this.heed(false);
    }
  }

  /** Lets signals do what they do elsewhere. */
  [Symbol.dispose](): void {
    this.#worker.terminate();
  }

  #receive(): void {
    if (this.#heeded) {
      say("\nStopping after this step, to save it; a second signal ends the task at once");
      this.#stop.abort();
      return;
    }
    say(this.#farewell()); // the work that would have heeded it has just ended
    Deno.exit(130);
  }

  #farewell(): string {
    return escapeText(`\nStopped. To continue:\n  ${this.#command()}`);
  }
}
