import { type Agreement, agreement } from "../compile/mod.ts";
import { checkExchange } from "./start_together.ts";
import type { TrainingJob } from "./prepare_training.ts";

/**
 * Refuses a pre-training that several processes cannot share.
 *
 * @throws {Error} If they cannot: why, and what to do.
 */
export function checkShared(
  { config: { batchSize }, backend }: Pick<TrainingJob, "config" | "backend">,
  count: number,
): void {
  const left = batchSize % count;
  if (left > 0) {
    throw new RangeError(
      `Cannot share a batch of ${batchSize} images among ${count} processes: ${left} are left ` +
        "over; give another `batchSize`",
    );
  }
  checkExchange(backend);
}

/** A signal that aborts in all processes after the same step. */
export type SharedSignal = Disposable & {
  signal: AbortSignal;
  /** Asks the other processes after every step. */
  asking<T>(facts: AsyncIterable<T>): AsyncGenerator<T, void, void>;
  /** Waits for the other processes. */
  meet(): void;
};

/** A signal that aborts in all processes once it has aborted in one of them. */
export function sharedSignal(signal: AbortSignal | undefined): SharedSignal {
  const stop = new AbortController();
  const group: Agreement = agreement();
  return {
    signal: stop.signal,
    async *asking(facts) {
      for await (const fact of facts) {
        await new Promise((resolve) => setTimeout(resolve)); // a step lets no signal arrive
        let failure: unknown;
        try {
          if (!stop.signal.aborted && group.any(signal?.aborted ?? false)) stop.abort();
        } catch (error) {
          failure = error;
        }
        yield fact; // also where the others are lost: its state is to be saved
        if (failure) throw failure;
      }
    },
    meet: () => void group.any(false),
    [Symbol.dispose]: () => group[Symbol.dispose](),
  };
}
