import { assertEquals, assertThrows } from "@std/assert";
import { refuseBad, unreadable } from "./skipped.ts";

Deno.test("the name of an image that cannot be read breaks no line", () => {
  const skipped = [{ id: "a\nb.png", reason: "it ends early\r" }, { id: "c.png", reason: "empty" }];
  const [, ...list] = unreadable(skipped, 9).message.split("\n");
  assertEquals(list, ["  a\\nb.png: it ends early\\r", "  c.png: empty"]);
  const { message } = assertThrows(() => refuseBad(skipped, 9, 0.1), Error);
  assertEquals(message.includes(": a\\nb.png (it ends early\\r), c.png (empty); "), true, message);
});
