import { assertEquals } from "@std/assert";
import { intoParts } from "./option_parts.ts";

Deno.test("options that stand beside each other go into their parts, where those of a part win", () => {
  const request = { a: 1, b: 2, c: undefined, d: 4, part: { b: 3 } };
  assertEquals(intoParts(request, { part: ["a", "b", "c"], other: ["e"] }), {
    ...{ d: 4, part: { a: 1, b: 3 }, other: {} },
  });
});
