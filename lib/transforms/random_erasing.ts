import type { Region } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { imagenetDeviation, imagenetMean } from "./normalize_pixels.ts";

/** The range of the erased part of the area. */
const AREA = [0.02, 1 / 3] as const;

/** The range of aspect ratios, height to width. */
const RATIO = [0.3, 1 / 0.3] as const;

/**
 * Where the noise that replaces an erased part has mean 0 and deviation 1: in the network's
 * `input`, as in timm, or in the `pixels` from 0 to 1 before they are normalized, as in Mugs, whose
 * prefetcher normalizes last. Noise in pixels is four times as strong in the input, and dark on the
 * whole.
 */
export type ErasingNoise = "input" | "pixels";

/** A region to be erased, and the seed of the noise that replaces it. */
export type Erased = { region: Region; seed: number };

/**
 * Draws the part of an image that is erased: a rectangle of 2 to 33 % of its area, of log-uniform
 * aspect ratio; `null` if ten in a row do not fit.
 *
 * Source: timm's `RandomErasing`, one region.
 */
export function randomErased(
  { width, height }: { width: number; height: number },
  random: Random,
): Erased | null {
  for (let i = 0; i < 10; i++) {
    const area = random.uniform(...AREA) * width * height;
    const ratio = Math.exp(random.uniform(Math.log(RATIO[0]), Math.log(RATIO[1])));
    const h = Math.round(Math.sqrt(area * ratio)), w = Math.round(Math.sqrt(area / ratio));
    if (w >= width || h >= height) continue;
    const top = random.integer(height - h + 1), left = random.integer(width - w + 1);
    return { region: { left, top, width: w, height: h }, seed: random.bits() };
  }
  return null;
}

/** Pixels of an image by their index, and the numbers that replace them, three each. */
export type ErasedPixels = { index: Int32Array<ArrayBuffer>; noise: Float32Array<ArrayBuffer> };

/**
 * The normal noise that replaces a region of an image once it is network input (timm's mode
 * `pixel`): bytes could not hold it.
 *
 * @param width Of the image in pixels; `first` is the index of its first pixel.
 */
export function erasedPixels(
  { region: { left, top, width: columns, height: rows }, seed }: Erased,
  { width, first = 0, noise: kind = "input" }: {
    width: number;
    first?: number;
    noise?: ErasingNoise;
  },
): ErasedPixels {
  const random = new Random(seed);
  const value = kind === "input"
    ? () => random.normal()
    : (c: number) => (random.normal() - imagenetMean[c]!) / imagenetDeviation[c]!;
  const index = new Int32Array(rows * columns);
  const noise = new Float32Array(3 * index.length);
  for (let i = 0; i < index.length; i++) {
    index[i] = first + (top + Math.floor(i / columns)) * width + left + i % columns;
    for (let c = 0; c < 3; c++) noise[3 * i + c] = value(c);
  }
  return { index, noise };
}

/** Replaces pixels of images that are already network input, channels last. */
export function erase(input: Float32Array, { index, noise }: ErasedPixels): void {
  for (const [i, pixel] of index.entries()) {
    for (let c = 0; c < 3; c++) input[3 * pixel + c] = noise[3 * i + c]!;
  }
}
