import { Random } from "../random/mod.ts";
import type { Sample } from "./sample.ts";

/** How samples are split. */
export type SplitOptions = {
  /**
   * The level of the classes of which the same share is held out; without it, there is one class.
   */
  level?: string;
  /** The share of each class that is held out; 0.2 by default. */
  part?: number;
  seed?: string | number;
};

/**
 * Holds out a part of every class, chosen by the seed; both parts keep the order of the samples. A
 * class of two samples or more has at least one in either part.
 *
 * @returns The samples that stay, and those that are held out.
 */
export function split(
  samples: Sample[],
  { level, part = 0.2, seed = 0 }: SplitOptions = {},
): [Sample[], Sample[]] {
  const groups = Map.groupBy(
    samples.keys(),
    (i: number) => level === undefined ? 0 : samples[i]!.labels[level],
  );
  const testRows = new Set<number>();
  for (const [label, members] of groups) {
    const order = new Random(`${seed}/split/${label}`).permutation(members.length);
    const count = Math.min(members.length - 1, Math.max(1, Math.round(part * members.length)));
    for (let i = 0; i < count; i++) testRows.add(members[order[i]!]!);
  }
  return [samples.filter((_, i) => !testRows.has(i)), samples.filter((_, i) => testRows.has(i))];
}
