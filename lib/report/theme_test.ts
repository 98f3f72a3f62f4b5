import { assert } from "@std/assert";
import { ink, palette } from "./theme.ts";

/** Relative luminance of a colour `#rrggbb`. Source: WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

for (const [theme, paper] of [["light", "#ffffff"], ["dark", "#111111"]]) {
  Deno.test(`text and every colour can be seen on ${theme} paper`, () => {
    assert(contrast(ink, paper) > 4.2, `text: ${contrast(ink, paper)}`);
    // WCAG asks 3 of what is no text.
    for (const colour of palette) assert(contrast(colour, paper) >= 3, colour);
  });
}
