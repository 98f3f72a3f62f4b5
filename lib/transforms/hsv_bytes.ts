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
 * Red, green and blue of a pixel of whole bytes become hue (0 to 179), saturation and value in
 * place, as OpenCV's `COLOR_RGB2HSV` rounds them.
 */
export function toHsv(pixel: Uint8Array): void {
  const red = pixel[0]!, green = pixel[1]!, blue = pixel[2]!;
  const value = Math.max(red, green, blue);
  const range = value - Math.min(red, green, blue);
  const place = value === red
    ? green - blue
    : value === green
    ? blue - red + 2 * range
    : red - green + 4 * range;
  const hue = (place * hues[range]! + HALF) >> BITS;
  pixel[0] = hue < 0 ? hue + HUES : hue;
  pixel[1] = (range * saturations[value]! + HALF) >> BITS;
  pixel[2] = value;
}

const { fround } = Math;
const perHue = fround(6 / HUES), perByte = fround(1 / 255);

/** How shares of 255 become bytes. */
export type ByteRounding = (share: number) => number;

/** Hue, saturation and value of a pixel become red, green and blue in place, as OpenCV does. */
export function fromHsv(pixel: Uint8Array, rounding: ByteRounding): void {
  const saturation = fround(pixel[1]! * perByte), value = fround(pixel[2]! * perByte);
  if (saturation === 0) {
    pixel.fill(pixel[2]!);
    return;
  }
  const turn = fround(fround(pixel[0]! * perHue) % 6);
  const sector = Math.floor(turn);
  const part = fround(turn - sector);
  const byte = (lack: number) => rounding(fround(fround(value * fround(1 - lack)) * 255));
  const most = byte(0), least = byte(saturation);
  // Between two colors of the circle the channel that changes rises in even sixths, else it falls.
  const between = byte(fround(saturation * (sector % 2 ? part : fround(1 - part))));
  const channels = sectors[sector]!;
  pixel[channels[0]] = most;
  pixel[channels[1]] = between;
  pixel[channels[2]] = least;
}

/** Which channels have the most, what lies between, and the least in each sixth of the circle. */
const sectors = [[0, 1, 2], [1, 0, 2], [1, 2, 0], [2, 1, 0], [2, 0, 1], [0, 2, 1]] as const;

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
