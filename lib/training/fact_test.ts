import { assertEquals } from "@std/assert";
import { scalarsOf, toJsonLine } from "./fact.ts";
import { fact } from "../testing/sample_fact.ts";

Deno.test("toJsonLine() is one line with six digits a number", () => {
  const line = toJsonLine(fact);
  assertEquals(line.indexOf("\n"), line.length - 1);
  assertEquals(JSON.parse(line).instance, 6.12346);
});

Deno.test("toJsonLine() leaves out what is not a number, but keeps a warning", () => {
  assertEquals("skipped" in JSON.parse(toJsonLine(fact)), false);
  assertEquals(JSON.parse(toJsonLine({ ...fact, collapse: "oh" })).collapse, "oh");
});

Deno.test("scalarsOf() puts losses and signs into groups, and leaves out what is no number", () => {
  const { losses, signs, ...rest } = fact;
  const scalars = scalarsOf(Object.assign({}, fact, { collapse: "oh", top1: 50 }));
  assertEquals(scalars["losses/total"], losses.total);
  const [name, sign] = Object.entries(signs)[0]!;
  assertEquals(scalars[`signs/${name}`], sign);
  const { rate, imagesPerSecond, gradientNorm, top1 } = scalars;
  assertEquals(
    { rate, imagesPerSecond, gradientNorm, top1 },
    {
      ...{ rate: rest.rate, imagesPerSecond: rest.imagesPerSecond },
      ...{ gradientNorm: rest.gradientNorm, top1: 50 },
    },
  );
  for (const name of ["skipped", "collapse", "step"]) assertEquals(name in scalars, false);
});
