import { type Arrays, assemble, type Order } from "./assemble.ts";

type Pending = { resolve(arrays: Arrays): void; reject(error: Error): void };

/** Threads that make batches; with none, batches are made on the calling thread. */
export class Pool implements Disposable {
  #failure: Error | null = null;
  readonly #workers: { worker: Worker; waiting: Pending[] }[];

  /** @param threads Number of workers to start. */
  constructor(threads: number) {
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      const waiting: Pending[] = [];
      worker.onmessage = ({ data }) => {
        const { resolve, reject } = waiting.shift()!;
        if (data.arrays) resolve(data.arrays);
        else reject(new Error(`Cannot make a batch: ${data.error}`));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        this.#failure = new Error(`A data worker failed: ${event.message}`);
        for (const { reject } of waiting.splice(0)) reject(this.#failure);
      };
      return { worker, waiting };
    });
  }

  /** A batch, made by the least busy worker. */
  make(order: Order): Promise<Arrays> {
    if (this.#failure) return Promise.reject(this.#failure);
    const [first] = this.#workers;
    if (!first) return Promise.resolve(order).then(assemble);
    const { worker, waiting } = this.#workers.reduce(
      (least, next) => next.waiting.length < least.waiting.length ? next : least,
      first,
    );
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(order);
    });
  }

  /** Ends the workers; promises of batches that are not made yet stay pending. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#workers) worker.terminate();
    this.#workers.length = 0;
  }
}
