/** Widths of the characters from space to tilde in DejaVu Sans, in hundredths of the font size. */
const widths = [
  [32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34], // space to /
  [64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53], // 0 to ?
  [100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79], // @ to O
  [60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50], // P to _
  [50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61], // ` to o
  [63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84], // p to ~
].flat();

/**
 * The approximate width of a line of text in DejaVu Sans, in pixels: without kerning, and with
 * other characters as wide as digits.
 */
export function textWidth(text: string, size: number): number {
  let hundredths = 0;
  for (const letter of text) hundredths += widths[letter.codePointAt(0)! - 32] ?? 64;
  return hundredths * size / 100;
}
