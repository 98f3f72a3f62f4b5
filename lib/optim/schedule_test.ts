import { assertEquals, assertThrows } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { cosine, linear } from "./schedule.ts";

golden("schedules", "the cosine with warm-up has the reference's value at every step", (g) => {
  for (const { args: [base, final, epochs, perEpoch], kw, values } of g.json) {
    const schedule = cosine([base, final], epochs * perEpoch, {
      warmup: (kw.warmup_epochs ?? 0) * perEpoch,
      warmupStart: kw.start_warmup_value,
    });
    assertEquals(values.length, epochs * perEpoch);
    g.nearNumbers(values.map((_: number, step: number) => schedule(step)), values, {
      name: "values",
    });
  }
}, { files: "schedules*.json" });

Deno.test("cosine() begins at the base and comes halfway in the middle", () => {
  const schedule = cosine([1, 0], 8);
  assertEquals([schedule(0), schedule(4)], [1, 0.5]);
});

Deno.test("cosine() stays at the final value after the run", () => {
  assertEquals(cosine([1, 0.25], 8)(100), 0.25);
});

Deno.test("cosine() refuses a warm-up longer than the run", () => {
  assertThrows(() => cosine([1, 0], 8, { warmup: 9 }), RangeError, "shorten the warm-up");
});

Deno.test("linear() reaches the final value at the last of its steps", () => {
  const schedule = linear([0, 1], 3);
  assertEquals([0, 1, 2, 3].map(schedule), [0, 0.5, 1, 1]);
});

Deno.test("linear() over one step begins at the base, as NumPy's linspace", () => {
  assertEquals([0, 1, 2].map(linear([0.25, 1], 1)), [0.25, 1, 1]);
});

Deno.test("linear() over no step is the final value", () => {
  assertEquals(linear([0, 1], 0)(0), 1);
});
