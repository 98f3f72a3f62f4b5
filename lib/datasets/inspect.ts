import { refusal } from "../images/mod.ts";
import type { Sample } from "./sample.ts";
import { reasonOf, refuseBad, type Skipped } from "./skipped.ts";

/** How samples are looked at. */
export type InspectOptions = {
  /** The greatest share that may be unreadable. */
  maxBad?: number;
  /** Of more samples, so many are looked at, evenly chosen. */
  limit?: number;
};

/**
 * Looks at the first bytes of files, which is cheap, and refuses a data set of which too many are no images that can be
 * read. Files that are damaged further on are found when they are read.
 *
 * @returns Those that cannot be read, of the ones that were looked at.
 * @throws {Error} If there are more than allowed; it names the first of them.
 */
export async function inspect(
  samples: readonly Sample[],
  { maxBad = 0.01, limit = 10_000 }: InspectOptions = {},
): Promise<Skipped[]> {
  const stride = Math.max(1, samples.length / limit);
  const looked = Array.from(
    { length: Math.min(samples.length, limit) },
    (_, i) => samples[Math.floor(i * stride)],
  );
  const bad: Skipped[] = [];
  for (let first = 0; first < looked.length; first += 64) {
    await Promise.all(
      looked.slice(first, first + 64).map(async ({ id, head }) => {
        const reason = head && await head().then(refusal, reasonOf);
        if (reason) bad.push({ id, reason });
      }),
    );
  }
  bad.sort((a, b) => a.id < b.id ? -1 : 1);
  refuseBad(bad, looked.length, maxBad);
  return bad;
}
