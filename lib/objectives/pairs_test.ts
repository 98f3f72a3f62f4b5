import { assertEquals } from "@std/assert";
import { pairWeights } from "./pairs.ts";

Deno.test("pairWeights() leaves out a view's own place and halves between large and small", () => {
  assertEquals(pairWeights(4), [[0, 0.25, 0.125, 0.125], [0.25, 0, 0.125, 0.125]]);
});

Deno.test("pairWeights() without small views keeps the large half", () => {
  assertEquals(pairWeights(2), [[0, 0.25], [0.25, 0]]);
});
