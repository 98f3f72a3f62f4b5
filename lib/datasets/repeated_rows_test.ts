import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { order, stepsPerEpoch } from "./order.ts";
import { repeatedLength, repeatedRows, sharedRows } from "./repeated_rows.ts";

const set = "downstream/samplers";
const options = { files: "samplers.json" };

golden(set, "repeatedRows() shows every process the official images", ({ json }) => {
  for (const { n, replicas, epochs, length_per_rank } of json.repeated_augmentation) {
    const length = repeatedLength(n, { round: 256, replicas });
    assertEquals(length, length_per_rank);
    for (const { permutation, ranks, ranks_cut_to: cut } of epochs) {
      for (const [rank, official] of ranks.entries()) {
        const rows = repeatedRows(permutation, { times: 3, round: 256, replicas, rank });
        assertEquals(rows.length, length);
        assertEquals(rows.slice(0, cut ?? undefined), official);
      }
    }
  }
  for (const { n, replicas, length_per_rank } of json.lengths_only) {
    assertEquals(repeatedLength(n, { round: 256, replicas }), length_per_rank);
  }
}, options);

golden(set, "sharedRows() shows every process the official images", ({ json }) => {
  for (const { replicas, epochs } of json.distributed) {
    for (const { permutation, ranks } of epochs) {
      for (const [rank, official] of ranks.entries()) {
        assertEquals(sharedRows(permutation, { replicas, rank }), official);
      }
    }
  }
}, options);

Deno.test("under 256 images the official epochs are empty, and with another round they are not", () => {
  const permutation = Array.from({ length: 255 }, (_, i) => i);
  assertEquals(repeatedRows(permutation, { times: 3, round: 256 }), []);
  assertEquals(repeatedRows(permutation, { times: 3, round: 1 }).length, 255);
  assertEquals(stepsPerEpoch(255, 32, { repeat: { times: 3, round: 256 } }), 0);
  assertEquals(stepsPerEpoch(255, 32, { repeat: { times: 3, round: 1 } }), 7);
});

Deno.test("order() repeats every image of an epoch in a row", () => {
  const at = order({ count: 9, batchSize: 4, seed: 0, repeat: { times: 3, round: 4 } });
  const rows = [0, 1, 2].map(at);
  assertEquals(rows.map(({ epoch, index }) => [epoch, index]), [[0, 0], [0, 1], [1, 0]]);
  const [a, b] = rows.map(({ images }) => images) as [number[], number[]];
  assertEquals([a[0], a[1], a[3], b[0], b[2]], [a[2], a[0], b[1], b[1], b[3]]);
});
