import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { inPoints, interval, isClear, studentsT } from "./interval.ts";

Deno.test("studentsT() is that of the tables, also beyond 30 degrees of freedom", () => {
  assertEquals([1, 4, 30].map(studentsT), [12.706, 2.776, 2.042]);
  assertAlmostEquals(studentsT(40), 2.021, 1e-3);
  assertAlmostEquals(studentsT(60), 2.000, 2e-3);
  assertAlmostEquals(studentsT(120), 1.980, 1e-3);
});

Deno.test("interval() is t standard errors of the mean on each side", () => {
  // Mean 3, squares 4 + 1 + 0 + 1 + 4 = 10, variance 10 / 4, standard error √(2.5 / 5) = √0.5.
  const { mean, half, count } = interval([1, 2, 3, 4, 5]);
  assertEquals([mean, count], [3, 5]);
  assertAlmostEquals(half!, 2.776 * Math.SQRT1_2, 1e-12);
  assertEquals(interval([7]), { mean: 7, half: null, count: 1 });
  assertThrows(() => interval([]), RangeError, "0 numbers");
});

Deno.test("a difference is clear only where its interval is known and excludes zero", () => {
  assert(isClear(interval([2, 2.1, 1.9])));
  assert(!isClear(interval([2, -2, 3])));
  assert(!isClear(interval([50])));
});

Deno.test("inPoints() makes no claim without an interval", () => {
  assertEquals(inPoints({ mean: 3.21, half: 1.06, count: 5 }), "+3.2 ± 1.1 points");
  assertEquals(inPoints({ mean: -0.24, half: 0.9, count: 5 }), "−0.2 ± 0.9 points (not clear)");
  assertEquals(inPoints({ mean: 3.21, half: null, count: 1 }), "+3.2 points (one seed: not clear)");
});
