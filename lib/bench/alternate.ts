import type { Side, Timing } from "./side.ts";

/** The result of all runs of one side. */
export type Outcome = {
  /** Seconds by the clock: the median of all runs. */
  seconds: number;
  /** Seconds of all processors together: the median of all runs. */
  cpu: number;
  /** Bytes, where the system reports them. */
  peakMemory: number | null;
  /** Bytes on the GPU, where the task is done there and both can be told. */
  deviceMemory?: number | null;
  items: number;
  engine: string;
  runs: Timing[];
};

/**
 * Lets several sides do their task by turns, so that whatever disturbs the machine disturbs all of
 * them alike: in every round each side does a few runs.
 */
export async function alternate(
  sides: readonly Side[],
  { rounds = 3, runs = 2 } = {},
): Promise<Outcome[]> {
  const entries = sides.map((side) => ({ side, timings: [] as Timing[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { side, timings } of entries) {
      for (let run = 0; run < runs; run++) timings.push(await side.run());
    }
  }
  return Promise.all(entries.map(async ({ side, timings }) => ({
    seconds: median(timings.map(({ seconds }) => seconds)),
    cpu: median(timings.map(({ cpu }) => cpu)),
    peakMemory: await side.peakMemory(),
    deviceMemory: most(timings.map(({ deviceMemory }) => deviceMemory ?? null)),
    items: side.items,
    engine: side.engine,
    runs: timings,
  })));
}

/** The greatest of some numbers as far as they are known. */
function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** The middle one of some numbers, or the mean of the two in the middle; NaN if there are none. */
export function median(values: readonly number[] | Float64Array): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [lower = NaN, upper = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (lower + upper) / 2;
}
