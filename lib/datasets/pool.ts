import { type Arrays, assemble, type Order } from "./assemble.ts";

type Settle = { resolve(arrays: Arrays): void; reject(error: Error): void };

/** Threads that make batches; with none, they are made where they are asked for. */
export class Pool implements Disposable {
  #failure: Error | null = null;
  readonly #workers: { worker: Worker; waiting: Settle[] }[];

  /** @param threads How many workers to start. */
  constructor(threads: number) {
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      const waiting: Settle[] = [];
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

  /** A batch from the least busy worker. */
  make(order: Order): Promise<Arrays> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#workers.length === 0) return Promise.resolve(order).then(assemble);
    const { worker, waiting } = this.#workers.reduce((least, next) =>
      next.waiting.length < least.waiting.length ? next : least
    );
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(order);
    });
  }

  /** Ends the workers; batches they still owe never come. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#workers) worker.terminate();
    this.#workers.length = 0;
  }
}
