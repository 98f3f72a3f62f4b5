import { lines } from "./lines.ts";

/** How long one run took: by the clock, and of all processors together. */
export type Run = { seconds: number; cpu: number };

/**
 * One of the two sides that are compared: a process that is ready to do its task, and does it when it is told. Both speak
 * the same language: a line of JSON once they are ready, and one for each run.
 */
export class Side implements AsyncDisposable {
  /** What each run does: images, or queries. */
  items = 0;
  /** The library that does it, with its version. */
  engine = "";
  readonly #process: Deno.ChildProcess;
  readonly #answers: AsyncGenerator<string>;
  readonly #orders: WritableStreamDefaultWriter<Uint8Array>;
  readonly #complaints: Promise<string>;

  private constructor(readonly name: string, command: string, args: string[]) {
    this.#process = new Deno.Command(command, {
      args,
      cwd: new URL("../../", import.meta.url), // where the permissions are configured
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#answers = lines(this.#process.stdout);
    this.#orders = this.#process.stdin.getWriter();
    this.#complaints = new Response(this.#process.stderr).text();
  }

  /**
   * Starts a side and waits until it is ready, warmed up.
   *
   * @throws {Error} If it ends before: with the end of what it said.
   */
  static async start(name: string, [command, ...args]: string[]): Promise<Side> {
    const side = new Side(name, command, args);
    try {
      const { items, engine } = await side.#answer() as { items: number; engine: string };
      return Object.assign(side, { items, engine });
    } catch (error) {
      await side[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Does the task once. */
  async run(): Promise<Run> {
    await this.#orders.write(new TextEncoder().encode("run\n"));
    return await this.#answer() as Run;
  }

  /**
   * The most memory it has held so far, in bytes; `null` where the system does not tell (other than Linux).
   *
   * Source: `VmHWM` of proc(5), which Deno may not read by itself.
   */
  async peakMemory(): Promise<number | null> {
    const status = new Deno.Command("cat", { args: [`/proc/${this.#process.pid}/status`] });
    const { stdout } = await status.output().catch(() => ({ stdout: new Uint8Array() }));
    const found = /VmHWM:\s*(\d+) kB/.exec(new TextDecoder().decode(stdout));
    return found && Number(found[1]) * 1024;
  }

  async #answer(): Promise<unknown> {
    for (;;) {
      const { value, done } = await this.#answers.next();
      if (done) {
        const end = (await this.#complaints).trim().split("\n").slice(-3).join("; ");
        throw new Error(`Cannot measure ${this.name}: it ended with: ${end}`);
      }
      if (value.startsWith("{")) return JSON.parse(value);
    }
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#orders.close().catch(() => {});
    const { pid: _, status } = this.#process;
    await this.#answers.return(undefined);
    await status;
    await this.#complaints;
  }
}
