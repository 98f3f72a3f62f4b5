import { assertEquals } from "@std/assert";
import { printable } from "./printable.ts";

Deno.test("printable() escapes what would steer a terminal, and leaves letters alone", () => {
  assertEquals(printable("кот 猫 é 🐟.png"), "кот 猫 é 🐟.png");
  assertEquals(printable("a\nb\tc\r"), "a\\nb\\tc\\r");
  assertEquals(printable("\x1b[2J\x07\x7f\x9b"), "\\x1b[2J\\x07\\x7f\\x9b");
  assertEquals(printable("gpj.\u202etxt\u2028"), "gpj.\\u{202e}txt\\u{2028}");
});
