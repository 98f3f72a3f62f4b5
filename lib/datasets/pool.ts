import { makers, type PartKind, type PartOutcome, type PartTask } from "./makers.ts";

type Pending<K extends PartKind> = {
  resolve(outcome: PartOutcome<K>): void;
  reject(error: Error): void;
};

type Maker<K extends PartKind> = (task: PartTask<K>) => Promise<PartOutcome<K>>;

/** Threads that make parts of batches; with none, they are made on the calling thread. */
export class Pool<K extends PartKind> implements Disposable {
  #failure: Error | null = null;
  readonly #kind: K;
  readonly #workers: { worker: Worker; waiting: Pending<K>[] }[];

  /**
   * @param kind What they make.
   * @param threads Number of workers to start.
   */
  constructor(kind: K, threads: number) {
    this.#kind = kind;
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      const waiting: Pending<K>[] = [];
      worker.onmessage = ({ data }) => {
        const { resolve, reject } = waiting.shift()!;
        if (data.outcome) resolve(data.outcome);
        else reject(new Error(data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        this.#failure = new Error(`A data worker failed: ${event.message}`);
        for (const { reject } of waiting.splice(0)) reject(this.#failure);
      };
      return { worker, waiting };
    });
  }

  /** A part of a batch, made by the least busy worker. */
  make(task: PartTask<K>): Promise<PartOutcome<K>> {
    if (this.#failure) return Promise.reject(this.#failure);
    const [first] = this.#workers;
    if (!first) return (makers[this.#kind] as Maker<K>)(task);
    const { worker, waiting } = this.#workers.reduce(
      (least, next) => next.waiting.length < least.waiting.length ? next : least,
      first,
    );
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage({ kind: this.#kind, task });
    });
  }

  /** Ends the workers; promises of what is not made yet stay pending. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#workers) worker.terminate();
    this.#workers.length = 0;
  }
}
