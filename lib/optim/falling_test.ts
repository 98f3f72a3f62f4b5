import { assertAlmostEquals, assertEquals } from "@std/assert";
import { falling } from "./falling.ts";

Deno.test("a falling rate rises from its share, stays, and falls where it is to", () => {
  const rate = falling(2, { after: [10, 12], factor: 0.5, warmup: 4, warmupShare: 0.1 });
  assertEquals([4, 9, 10, 11, 12, 50].map(rate), [2, 2, 1, 1, 0.5, 0.5]);
  assertAlmostEquals(rate(0), 0.2, 1e-12);
  assertAlmostEquals(rate(2), 1.1, 1e-12);
});
