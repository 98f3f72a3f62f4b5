import { assert, assertEquals } from "@std/assert";
import { contrastRatio, ink, palette, paper, textOn } from "./theme.ts";

Deno.test("contrastRatio() is 21 of black and white, and 1 of a color and itself", () => {
  assertEquals(contrastRatio("#000000", "#ffffff"), 21);
  assertEquals(contrastRatio(ink, ink), 1);
});

Deno.test("text and every color are visible on the paper", () => {
  assert(contrastRatio(ink, paper) >= 4.5, `text: ${contrastRatio(ink, paper)}`);
  // WCAG requires 3 for graphics.
  for (const color of palette) assert(contrastRatio(color, paper) >= 3, color);
});

Deno.test("textOn() can be read on every color", () => {
  for (const color of palette) assert(contrastRatio(textOn(color), color) >= 4.5, color);
});
