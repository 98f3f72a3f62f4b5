/** Which batches are made, and how many before their turn comes. */
export type AheadOptions = { from: number; to: number; ahead: number };

/** What was made for a step, and the seconds of waiting for it. */
export type Ready<T> = { made: T; waited: number };

/**
 * What `make` gives for each step, one after the other; some of it is made before its turn comes,
 * while the caller is busy with a step. An error is thrown in its turn.
 */
export async function* madeAhead<T>(
  make: (step: number) => Promise<T>,
  { from, to, ahead }: AheadOptions,
): AsyncGenerator<Ready<T>, void, void> {
  using turn = new Turn();
  const queue: Promise<T>[] = [];
  for (let step = from, next = from; step < to; step++) {
    for (; next < to && queue.length < Math.max(1, ahead); next++) {
      queue.push(make(next));
      queue.at(-1)!.catch(() => {}); // an error is thrown when its turn comes
    }
    const start = performance.now();
    await turn.take();
    const made = await queue.shift()!;
    yield { made, waited: (performance.now() - start) / 1000 };
  }
}

/**
 * Lets events in that came while this thread was busy with a step: files were read, batches were
 * made. One channel serves a whole run, as each leaves some memory behind.
 */
class Turn implements Disposable {
  readonly #channel = new MessageChannel();

  /** Waits for a turn. */
  take(): Promise<void> {
    const { port1, port2 } = this.#channel;
    return new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  }

  /** Closes the channel, which would keep the program alive. */
  [Symbol.dispose](): void {
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}
