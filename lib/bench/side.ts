import { lines } from "./lines.ts";

/** How many seconds one run took: by the clock, and of all processors together. */
export type Timing = {
  seconds: number;
  cpu: number;
  /** Bytes of GPU memory needed so far, where the work is done there and this is known. */
  deviceMemory?: number | null;
};

/**
 * One of the two sides that are compared: a process that prepares its task and does it on demand.
 * Both sides follow the same protocol: a line of JSON once they are ready, and one for each run.
 */
export class Side implements AsyncDisposable {
  /** How much each run does: images, or queries. */
  items = 0;
  /** The library that does the work, with its version. */
  engine = "";
  readonly #process: Deno.ChildProcess;
  readonly #answers: AsyncGenerator<string>;
  readonly #requests: WritableStreamDefaultWriter<Uint8Array>;
  readonly #errors: Promise<string>;

  private constructor(readonly name: string, [program = "", ...args]: readonly string[]) {
    this.#process = new Deno.Command(program, {
      args,
      cwd: new URL("../../", import.meta.url), // where the permissions are configured
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#answers = lines(this.#process.stdout);
    this.#requests = this.#process.stdin.getWriter();
    this.#errors = new Response(this.#process.stderr).text();
  }

  /**
   * Starts a side and waits until it is warmed up and ready.
   *
   * @throws {Error} If the process ends before that; the message holds its last lines.
   */
  static async start(name: string, command: readonly string[]): Promise<Side> {
    const side = new Side(name, command);
    try {
      const { items, engine } = await side.#answer() as { items: number; engine: string };
      return Object.assign(side, { items, engine });
    } catch (error) {
      await side[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Does the task once. */
  async run(): Promise<Timing> {
    await this.#requests.write(new TextEncoder().encode("run\n"));
    return await this.#answer() as Timing;
  }

  /**
   * The most memory that the process has held so far, in bytes; `null` on systems other than
   * Linux, which do not report it.
   *
   * Source: `VmHWM` of proc(5), which Deno itself may not read.
   */
  async peakMemory(): Promise<number | null> {
    const status = new Deno.Command("cat", { args: [`/proc/${this.#process.pid}/status`] });
    const { stdout } = await status.output().catch(() => ({ stdout: new Uint8Array() }));
    const kilobytes = /VmHWM:\s*(\d+) kB/.exec(new TextDecoder().decode(stdout))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  }

  async #answer(): Promise<unknown> {
    for (;;) {
      const { value, done } = await this.#answers.next();
      if (done) {
        const end = (await this.#errors).trim().split("\n").slice(-3).join("; ");
        throw new Error(`Cannot measure ${this.name}: it ended with: ${end}`);
      }
      if (value.startsWith("{")) return JSON.parse(value);
    }
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#requests.close().catch(() => {});
    await this.#answers.return(undefined);
    await this.#process.status;
    await this.#errors;
  }
}
