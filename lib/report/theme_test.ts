import { assert } from "@std/assert";
import { ink, palette } from "./theme.ts";

/** Relative luminance of a color `#rrggbb`. Source: WCAG 2.2. */
function luminance(color: string): number {
  const linear = (start: number) => {
    const v = parseInt(color.slice(start, start + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}

function contrast(a: string, b: string): number {
  const luminances = [luminance(a), luminance(b)];
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

for (const [theme, paper] of [["light", "#ffffff"], ["dark", "#111111"]] as const) {
  Deno.test(`text and every color are visible on ${theme} paper`, () => {
    assert(contrast(ink, paper) > 4.2, `text: ${contrast(ink, paper)}`);
    // WCAG requires 3 for graphics.
    for (const color of palette) assert(contrast(color, paper) >= 3, color);
  });
}
