import { pathOf, type Run } from "./folder.ts";
import { writeAt } from "./write_at.ts";

/** What a line of `metrics.jsonl` says of a step. */
export type Line = { step: number } & Record<string, number | string>;

/**
 * The metrics of a run, a line of JSON for each step. A run that continues from a checkpoint takes
 * back the lines of later steps, which it will write again, so that every step has one line.
 */
export class Metrics implements Disposable {
  #file: Deno.FsFile;
  #end = 0;

  /**
   * Opens a run's metrics, with no line taken back yet.
   *
   * @param run The run.
   */
  constructor(run: Pick<Run, "path">) {
    this.#file = Deno.openSync(pathOf(run, "metrics.jsonl"), {
      create: true,
      read: true,
      write: true,
    });
  }

  /** Takes back the lines of the steps after `step`, and returns those before. */
  rewind(step: number): Line[] {
    this.#file.seekSync(0, Deno.SeekMode.Start);
    const rest = lines(readAll(this.#file)).filter(({ line }) => line.step <= step);
    this.#end = rest.at(-1)?.end ?? 0;
    this.#file.truncateSync(this.#end);
    return rest.map(({ line }) => line);
  }

  /** Adds a line; where that fails, it may be called again with the same line. */
  add(line: string): void {
    this.#end = writeAt(this.#file, this.#end, new TextEncoder().encode(line));
  }

  /** Puts the lines on the disk itself, so that they survive a power failure. */
  sync(): void {
    this.#file.syncDataSync();
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }
}

/** The metrics of a run, of every step. */
export async function readLines(run: Pick<Run, "path">): Promise<Line[]> {
  return lines(await Deno.readFile(pathOf(run, "metrics.jsonl"))).map(({ line }) => line);
}

/** The lines that are complete, and where each ends. */
function lines(bytes: Uint8Array): { line: Line; end: number }[] {
  const complete = [];
  for (let start = 0, next; (next = bytes.indexOf(10, start)) >= 0; start = next + 1) {
    const line = parseLine(bytes.subarray(start, next));
    if (!line) break;
    complete.push({ line, end: next + 1 });
  }
  return complete;
}

function readAll(from: Deno.FsFile): Uint8Array {
  const bytes = new Uint8Array(from.statSync().size);
  for (let at = 0, count; at < bytes.length; at += count) {
    if (!(count = from.readSync(bytes.subarray(at)) ?? 0)) return bytes.subarray(0, at);
  }
  return bytes;
}

function parseLine(bytes: Uint8Array): Line | null {
  try {
    const line = JSON.parse(new TextDecoder().decode(bytes));
    return typeof line?.step === "number" ? line : null;
  } catch {
    return null;
  }
}
