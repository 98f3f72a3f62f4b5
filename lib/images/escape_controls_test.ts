import { assertEquals } from "@std/assert";
import { escapeControls } from "./escape_controls.ts";

Deno.test("escapeControls() escapes what would steer a terminal, and leaves letters alone", () => {
  assertEquals(escapeControls("кот 猫 é 🐟.png"), "кот 猫 é 🐟.png");
  assertEquals(escapeControls("a\nb\tc\r"), "a\\nb\\tc\\r");
  assertEquals(escapeControls("\x1b[2J\x07\x7f\x9b"), "\\x1b[2J\\x07\\x7f\\x9b");
  assertEquals(escapeControls("gpj.\u202etxt\u2028"), "gpj.\\u{202e}txt\\u{2028}");
});
