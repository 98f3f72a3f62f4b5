import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { fromHsv, roundingAt, toHsv } from "./hsv_bytes.ts";

/** What a photometric distortion changes; what is `null` stays. */
export type PhotometricDistortion = {
  /** What is added to every byte, -32 to 32. */
  brightness: number | null;
  /** What every byte is multiplied with, 0.5 to 1.5. */
  contrast: number | null;
  /** Whether contrast changes before saturation and hue, or after them. */
  contrastFirst: boolean;
  /** What the saturation is multiplied with, 0.5 to 1.5. */
  saturation: number | null;
  /** By how many of 180 steps the hue turns, -18 to 17. */
  hue: number | null;
};

/** Draws a distortion; each change happens to every second image. */
export function drawPhotometricDistortion(random: Random): PhotometricDistortion {
  const sometimes = (draw: () => number) => random.chance(0.5) ? draw() : null;
  const factor = () => random.uniform(0.5, 1.5);
  return {
    brightness: sometimes(() => random.uniform(-32, 32)),
    contrastFirst: random.chance(0.5),
    contrast: sometimes(factor),
    saturation: sometimes(factor),
    hue: sometimes(() => random.integer(36) - 18),
  };
}

/**
 * An image with other brightness, contrast, saturation and hue, as mmsegmentation's
 * `PhotoMetricDistortion` makes it: every step ends in whole bytes, which are cut off, not rounded.
 */
export function distortPhotometrically(
  { width, height, data }: Image,
  { brightness, contrast, contrastFirst, saturation, hue }: PhotometricDistortion,
): Image {
  const bytes = Uint8Array.from(data);
  if (brightness !== null) scale(bytes, 1, brightness);
  if (contrast !== null && contrastFirst) scale(bytes, contrast, 0);
  if (saturation !== null) {
    changeHsv(bytes, width, (pixel) => pixel[1] = scaled(pixel[1]!, saturation, 0));
  }
  if (hue !== null) changeHsv(bytes, width, (pixel) => pixel[0] = (pixel[0]! + hue + 180) % 180);
  if (contrast !== null && !contrastFirst) scale(bytes, contrast, 0);
  return { width, height, data: bytes };
}

/** Multiplies bytes and adds to them, in place. */
function scale(bytes: Uint8Array, factor: number, addend: number): void {
  const table = Uint8Array.from({ length: 256 }, (_, byte) => scaled(byte, factor, addend));
  for (const [i, byte] of bytes.entries()) bytes[i] = table[byte]!;
}

function scaled(byte: number, factor: number, addend: number): number {
  const { fround } = Math;
  const value = fround(fround(byte * fround(factor)) + fround(addend));
  return Math.trunc(Math.min(255, Math.max(0, value)));
}

/** Changes hue, saturation and value of every pixel of rows, in place. */
function changeHsv(
  bytes: Uint8Array,
  width: number,
  change: (pixel: Uint8Array) => void,
): void {
  const pixel = new Uint8Array(3);
  for (let i = 0, x = 0; i < bytes.length; i += 3, x = (x + 1) % width) {
    for (let c = 0; c < 3; c++) pixel[c] = bytes[i + c]!;
    toHsv(pixel);
    change(pixel);
    fromHsv(pixel, roundingAt(x, width));
    for (let c = 0; c < 3; c++) bytes[i + c] = pixel[c]!;
  }
}
