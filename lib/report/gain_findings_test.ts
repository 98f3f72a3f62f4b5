import { assertEquals, assertThrows } from "@std/assert";
import { gainFindings } from "./mod.ts";

/** Rows of a method in a column, one for each value. */
function rows(method: string, column: string, values: readonly number[]) {
  return values.map((value, seed) => ({ method, column, value, seed }));
}

Deno.test("gainFindings() pairs seeds: a constant gain is clear however seeds differ", () => {
  const text = gainFindings(
    [...rows("Mugs", "1 %", [12, 32, 52]), ...rows("random", "1 %", [10, 30, 50])].toReversed(),
    "random",
  );
  assertEquals(
    text,
    "- **1 %**: random 30.0 ± 20.0 %; Mugs 32.0 ± 20.0 %, a difference of +2.0 ± 0.0 points.",
  );
});

Deno.test("gainFindings() calls a gain within twice its standard error not clear, and shows losses", () => {
  const text = gainFindings(
    [...rows("Mugs", "all", [9, 40, 50]), ...rows("random", "all", [10, 30, 70])],
    "random",
  );
  assertEquals(
    text.split("; ")[1],
    "Mugs 33.0 ± 21.4 %, a difference of −3.7 ± 8.8 points (not clear).",
  );
});

Deno.test("gainFindings() compares the greatest gain with the least one", () => {
  const text = gainFindings([
    ...rows("Mugs", "1 %", [20, 22]),
    ...rows("random", "1 %", [10, 10]),
    ...rows("Mugs", "10 %", [50, 52]),
    ...rows("random", "10 %", [47, 49]),
  ], "random");
  assertEquals(
    text.split("\n").at(-1),
    "- Of Mugs the difference is greatest in 1 % and least in 10 %: they are 8.0 ± 1.0 points apart.",
  );
});

Deno.test("gainFindings() says of one seed that its spread is unknown, and refuses a lone method", () => {
  const one = [...rows("Mugs", "all", [9]), ...rows("random", "all", [10])];
  assertEquals(
    gainFindings(one, "random").split("; ")[1],
    "Mugs 9.0 %, a difference of −1.0 points (one seed: the spread is unknown).",
  );
  assertThrows(() => gainFindings(rows("random", "all", [1]), "random"), RangeError, "0 rows of");
  assertThrows(
    () => gainFindings([...one, { ...one[0]!, seed: 1 }], "random"),
    RangeError,
    "Cannot compare Mugs with random in all: it has no row of seed 1",
  );
});
