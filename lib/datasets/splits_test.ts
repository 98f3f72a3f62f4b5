import { assertEquals, assertNotEquals } from "@std/assert";
import type { Sample } from "./sample.ts";
import { split } from "./splits.ts";

const samples = (labels: number[]): Sample[] =>
  labels.map((label, i) => ({
    id: `${i}`,
    labels: { class: label },
    read: () => Promise.reject(new Error("not read")),
  }));
const ids = (list: Sample[]) => list.map(({ id }) => +id);

Deno.test("split() holds out the same share of every class, and loses nothing", () => {
  const all = samples(Array.from({ length: 60 }, (_, i) => i < 40 ? 0 : 1));
  const [kept, held] = split(all, { level: "class", part: 0.25 });
  assertEquals([0, 1].map((c) => held.filter(({ labels }) => labels.class === c).length), [10, 5]);
  assertEquals([...ids(kept), ...ids(held)].sort((a, b) => a - b), ids(all));
  assertEquals(ids(kept), ids(kept).toSorted((a, b) => a - b));
});

Deno.test("split() depends on the seed", () => {
  const all = samples(Array(50).fill(0));
  assertEquals(ids(split(all, { seed: 1 })[1]), ids(split(all, { seed: 1 })[1]));
  assertNotEquals(ids(split(all, { seed: 1 })[1]), ids(split(all, { seed: 2 })[1]));
});

Deno.test("split() leaves the only image of a class to be learned from", () => {
  const [kept, held] = split(samples([0, 1, 1]), { level: "class", part: 0.01 });
  assertEquals([kept.length, held.length, held[0]?.labels.class], [2, 1, 1]);
});
