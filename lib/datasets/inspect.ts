import { refusal } from "../images/mod.ts";
import { evenlySpaced } from "./evenly_spaced.ts";
import type { Sample } from "./sample.ts";
import { reasonOf, refuseBad, type Skipped } from "./skipped.ts";

/** How samples are inspected. */
export type InspectOptions = {
  /** The greatest share that may be unreadable; 0.01 by default. */
  maxBad?: number;
  /** Of more samples than this, evenly spaced ones are inspected; 10,000 by default. */
  limit?: number;
};

/**
 * Looks at the first bytes of files, which is cheap, and refuses a data set of which too many are
 * no images that can be read. Files that are damaged further on are noticed when they are read.
 *
 * @returns Those of the inspected samples that cannot be read.
 * @throws {Error} If there are more than allowed; the message names the first of them.
 */
export async function inspect(
  samples: readonly Sample[],
  { maxBad = 0.01, limit = 10_000 }: InspectOptions = {},
): Promise<Skipped[]> {
  const inspected = evenlySpaced(limit, samples.length).map((i) => samples[i]!);
  const bad: Skipped[] = [];
  for (let first = 0; first < inspected.length; first += 64) {
    await Promise.all(
      inspected.slice(first, first + 64).map(async ({ id, head }) => {
        const reason = head && await head().then(refusal, reasonOf);
        if (reason) bad.push({ id, reason });
      }),
    );
  }
  bad.sort((a, b) => a.id < b.id ? -1 : 1);
  refuseBad(bad, inspected.length, maxBad);
  return bad;
}
