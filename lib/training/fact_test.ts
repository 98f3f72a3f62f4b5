import { assertEquals } from "@std/assert";
import { toJsonLine } from "./fact.ts";
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
