import type { Run, Side } from "./side.ts";

/** What the runs of one side came to. */
export type Told = {
  /** Medians of all runs. */
  seconds: number;
  cpu: number;
  /** Bytes, where the system tells. */
  peakMemory: number | null;
  items: number;
  engine: string;
  runs: Run[];
};

/**
 * Lets sides do their task by turns, so that what disturbs the machine disturbs all alike: in every round each side does
 * some runs.
 */
export async function alternate(
  sides: readonly Side[],
  { rounds = 3, runs = 2 } = {},
): Promise<Told[]> {
  const done: Run[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, side] of sides.entries()) {
      for (let run = 0; run < runs; run++) done[i].push(await side.run());
    }
  }
  return Promise.all(sides.map(async (side, i) => ({
    seconds: median(done[i].map(({ seconds }) => seconds)),
    cpu: median(done[i].map(({ cpu }) => cpu)),
    peakMemory: await side.peakMemory(),
    items: side.items,
    engine: side.engine,
    runs: done[i],
  })));
}

/** The middle of some numbers, or the mean of the two in the middle. */
export function median(values: readonly number[] | Float64Array): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
