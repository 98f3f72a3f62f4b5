import { assertEquals, assertThrows } from "@std/assert";
import { methodFindings } from "./method_findings.ts";

const entry = (method: string, scores: number[], level = "species") => ({ method, level, scores });

Deno.test("methodFindings() names the best method, and those that are not clearly below it", () => {
  // A standard error of 50 % on 625 images is 2 points: of a difference 2.8, and twice that 5.7.
  const entries = [entry("A", [50]), entry("B", [45]), entry("C", [44])];
  assertEquals(
    methodFindings(entries, { images: 625 }),
    "- **species**: best is A, 50.0 %; not clearly below it: B.",
  );
  assertEquals(
    methodFindings([entries[0]!, entries[2]!], { images: 625 }),
    "- **species**: best is A, 50.0 %, clearly above all others.",
  );
});

Deno.test("methodFindings() says which methods exceed the best baseline, at each level", () => {
  const entries = [
    ...[entry("A", [50, 51]), entry("B", [40, 41]), entry("pixels", [42, 43])],
    ...[entry("A", [9], "family"), entry("B", [9], "family"), entry("pixels", [30], "family")],
  ];
  assertEquals(methodFindings(entries, { images: 1000, baselines: ["pixels"] }).split("\n"), [
    "- **species**: best is A, 50.5 %, clearly above all others. Only A is clearly above the " +
    "best baseline (pixels, 42.5 %).",
    "- **family**: best is A, 9.0 %; not clearly below it: B. No method is clearly above the " +
    "best baseline (pixels, 30.0 %).",
  ]);
});

Deno.test("methodFindings() refuses levels without a method", () => {
  const entries = [entry("pixels", [42])];
  assertThrows(
    () => methodFindings(entries, { images: 9, baselines: ["pixels"] }),
    RangeError,
    "the findings at level species",
  );
});
