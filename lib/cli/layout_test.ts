import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "./flags.ts";
import { layoutFlags, layoutOf } from "./layout.ts";

const layout = (line: string, config = { batchSize: 6, batchNormInHead: false }) =>
  layoutOf(parse(line.split(" ").filter(Boolean), layoutFlags).values, config);

Deno.test("layoutOf() takes what was given and leaves the rest open", () => {
  assertEquals(layout(""), {});
  assertEquals(layout("--accumulate 3 --chunk 2"), { accumulate: 3, chunk: 2 });
  assertEquals(layout("--chunk none --no-recompute"), { chunk: null, recompute: false });
});

Deno.test("layoutOf() refuses to cut a batch that does not divide, or whose statistics are wanted", () => {
  assertThrows(() => layout("--accumulate 4"), RangeError, "cannot be cut into --accumulate 4");
  const normalized = { batchSize: 6, batchNormInHead: true };
  assertThrows(() => layout("--chunk 2", normalized), RangeError, "--batch-norm-in-head");
  assertEquals(layout("--recompute", normalized), { recompute: true });
});
