import { Random } from "../random/mod.ts";
import type { Sample } from "./sample.ts";

/** How to split. */
export type SplitOptions = {
  /** The level whose classes are split alike; without it, all samples are one class. */
  level?: string;
  /** The share of each class that is held out. */
  part?: number;
  seed?: string | number;
};

/**
 * Holds out a part of every class, chosen by the seed; both parts keep the order of the samples. Every class keeps at least
 * one sample on either side if it has two.
 *
 * @returns What is kept and what is held out.
 */
export function split(
  samples: Sample[],
  { level, part = 0.2, seed = 0 }: SplitOptions = {},
): [Sample[], Sample[]] {
  const groups = Map.groupBy(
    samples.keys(),
    (i: number) => level === undefined ? 0 : samples[i].labels[level],
  );
  const held = new Set<number>();
  for (const [label, members] of groups) {
    const order = new Random(`${seed}/split/${label}`).permutation(members.length);
    const count = Math.min(members.length - 1, Math.max(1, Math.round(part * members.length)));
    for (let i = 0; i < count; i++) held.add(members[order[i]]);
  }
  return [samples.filter((_, i) => !held.has(i)), samples.filter((_, i) => held.has(i))];
}
