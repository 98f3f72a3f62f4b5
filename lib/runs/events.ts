import { eventRecord } from "./event_record.ts";
import type { Run } from "./folder.ts";
import { writeAt } from "./write_at.ts";

/**
 * The numbers of a run for TensorBoard, in an event file of each start, which lies beside
 * `metrics.jsonl`. Nothing is written before the first step.
 */
export class Events implements Disposable {
  readonly #path: string;
  #file: Deno.FsFile | null = null;
  #end = 0;
  /** What must stand before the next numbers. */
  #before: Uint8Array<ArrayBuffer>[];

  /**
   * Names the event file of this start.
   *
   * @param run The run.
   */
  constructor({ path }: Pick<Run, "path">) {
    const seconds = Date.now() / 1000;
    // TensorBoard reads the files of a folder in the order of their names.
    this.#path = `${path}/events.out.tfevents.${seconds.toFixed(3)}.mugs`;
    this.#before = [eventRecord({ seconds, version: "brain.Event:2" })];
  }

  /** Lets TensorBoard forget the steps after `step`, also those of earlier files. */
  rewind(step: number): void {
    this.#before.push(eventRecord({ seconds: Date.now() / 1000, step: step + 1, starts: true }));
  }

  /** Adds the numbers of a step; where that fails, it may be called again with the same. */
  add(step: number, scalars: Readonly<Record<string, number>>): void {
    this.#file ??= Deno.openSync(this.#path, { create: true, write: true });
    const seconds = Date.now() / 1000;
    while (this.#before[0]) {
      this.#end = writeAt(this.#file, this.#end, this.#before[0]);
      this.#before.shift();
    }
    this.#end = writeAt(this.#file, this.#end, eventRecord({ seconds, step, scalars }));
  }

  /** Puts the numbers on the disk itself, so that they survive a power failure. */
  sync(): void {
    this.#file?.syncDataSync();
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file?.close();
  }
}
