import { makePiece, type Piece, type PieceOutcome } from "./piece.ts";

type Pending = { resolve(outcome: PieceOutcome): void; reject(error: Error): void };

/** Threads that make pieces of batches; with none, they are made on the calling thread. */
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
        if (data.outcome) resolve(data.outcome);
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

  /** A piece, made by the least busy worker. */
  make(piece: Piece): Promise<PieceOutcome> {
    if (this.#failure) return Promise.reject(this.#failure);
    const [first] = this.#workers;
    if (!first) return makePiece(piece);
    const { worker, waiting } = this.#workers.reduce(
      (least, next) => next.waiting.length < least.waiting.length ? next : least,
      first,
    );
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(piece);
    });
  }

  /** Ends the workers; promises of pieces that are not made yet stay pending. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#workers) worker.terminate();
    this.#workers.length = 0;
  }
}
