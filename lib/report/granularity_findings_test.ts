import { assertEquals, assertThrows } from "@std/assert";
import { granularityFindings } from "./granularity_findings.ts";

const level = "species";

Deno.test("granularityFindings() names the best method and what each supervision adds", () => {
  const text = granularityFindings([
    { method: "IDS", level, scores: [10, 12] },
    { method: "GDS", level, scores: [20, 20] },
    { method: "IDS + GDS", level, scores: [31, 31] },
  ]);
  assertEquals(
    text,
    "- **species**: best is IDS + GDS, 31.0 ± 0.0 %, beyond the spread of all others. " +
      "Added to the others, in points: IDS +11.0 ± 0.0; GDS +20.0 ± 1.0.",
  );
});

Deno.test("granularityFindings() calls a gain below twice its error not clear, names ties", () => {
  const text = granularityFindings([
    { method: "IDS", level, scores: [10, 14, 12] },
    { method: "IDS + LGDS", level, scores: [14, 11, 11.9] },
  ]);
  assertEquals(
    text,
    "- **species**: best is IDS + LGDS, 12.3 ± 1.5 % (within the spread: IDS). " +
      "Added to the others, in points: IDS was not added to anything; LGDS +0.3 ± 2.0 (not clear).",
  );
});

Deno.test("granularityFindings() says that the spread of one seed is unknown", () => {
  const text = granularityFindings([
    { method: "IDS", level, scores: [10] },
    { method: "IDS + GDS", level, scores: [31] },
  ]);
  assertEquals(
    text,
    "- **species**: best is IDS + GDS, 31.0 % (one seed: the spread is unknown). " +
      "Added to the others, in points: IDS was not added to anything; GDS +21.0.",
  );
});

Deno.test("granularityFindings() refuses methods with different numbers of seeds", () => {
  const entries = [{ method: "IDS", level, scores: [1, 2] }, { method: "GDS", level, scores: [1] }];
  assertThrows(() => granularityFindings(entries), RangeError, "GDS has 1");
});
