/** Steps of a hue's circle, and the bits of fixed-point divisions. */
const HUES = 180, BITS = 12, HALF = 1 << (BITS - 1);

/** What differences are multiplied with in place of divisions by each byte. */
const saturations = divisions(255), hues = divisions(HUES / 6);

function divisions(numerator: number): Int32Array {
  return Int32Array.from(
    { length: 256 },
    (_, byte) => byte ? roundHalfToEven((numerator * (1 << BITS)) / byte) : 0,
  );
}

/**
 * Hue (0 to 179), saturation and value of a pixel of whole bytes, written to `to`, as OpenCV's
 * `COLOR_RGB2HSV` rounds them.
 */
export function toHsv(red: number, green: number, blue: number, to: Uint8Array): void {
  const value = Math.max(red, green, blue);
  const range = value - Math.min(red, green, blue);
  const place = value === red
    ? green - blue
    : value === green
    ? blue - red + 2 * range
    : red - green + 4 * range;
  const hue = (place * hues[range]! + HALF) >> BITS;
  to[0] = hue < 0 ? hue + HUES : hue;
  to[1] = (range * saturations[value]! + HALF) >> BITS;
  to[2] = value;
}

const { fround } = Math;

/** How shares of 255 become bytes. */
export type ByteRounding = (share: number) => number;

/** Red, green and blue of a hue, a saturation and a value, written to `to`, as OpenCV does. */
export function fromHsv(
  [hue, saturation, value]: readonly [number, number, number],
  to: Uint8Array,
  rounding: ByteRounding,
): void {
  if (saturation === 0) {
    to.fill(value);
    return;
  }
  const turn = fround(fround(hue * fround(6 / HUES)) % 6);
  const sector = Math.floor(turn);
  const part = fround(turn - sector);
  const [s, v] = [fround(saturation * fround(1 / 255)), fround(value * fround(1 / 255))];
  const bytes = [
    v,
    fround(v * fround(1 - s)),
    fround(v * fround(1 - fround(s * part))),
    fround(v * fround(1 - fround(s * fround(1 - part)))),
  ].map((share) => rounding(fround(share * 255)));
  const [r, g, b] = sectors[sector]!;
  to[0] = bytes[r]!;
  to[1] = bytes[g]!;
  to[2] = bytes[b]!;
}

/** Which of the four strengths red, green and blue have in each sixth of the circle. */
const sectors = [[0, 3, 1], [2, 0, 1], [1, 0, 3], [1, 2, 0], [3, 1, 0], [0, 1, 2]] as const;

/** Pixels that OpenCV computes at a time (AVX2). */
const LANES = 32;

/**
 * How OpenCV rounds the pixel of a row: those that it computes together are cut off, and what
 * remains at the end of a row is rounded.
 */
export function roundingAt(x: number, width: number): ByteRounding {
  return x < width - width % LANES ? Math.trunc : roundHalfToEven;
}

function roundHalfToEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 ? low + 1 : low;
}
