import { assert, assertEquals } from "@std/assert";
import { contrast, ink, palette, paper, textOn } from "./theme.ts";

Deno.test("contrast() is 21 of black and white, and 1 of a color and itself", () => {
  assertEquals(contrast("#000000", "#ffffff"), 21);
  assertEquals(contrast(ink, ink), 1);
});

Deno.test("text and every color are visible on the paper", () => {
  assert(contrast(ink, paper) >= 4.5, `text: ${contrast(ink, paper)}`);
  // WCAG requires 3 for graphics.
  for (const color of palette) assert(contrast(color, paper) >= 3, color);
});

Deno.test("textOn() can be read on every color", () => {
  for (const color of palette) assert(contrast(textOn(color), color) >= 4.5, color);
});
