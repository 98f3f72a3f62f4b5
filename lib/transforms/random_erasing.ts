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

/**
 * Fills a region of an image that is already network input with normal noise (timm's mode `pixel`):
 * bytes could not hold it.
 *
 * @param input Channels last; the image begins at `offset` and is `width` pixels wide.
 */
export function erase(
  input: Float32Array,
  { region, seed }: Erased,
  { width, offset = 0, noise = "input" }: {
    width: number;
    offset?: number;
    noise?: ErasingNoise;
  },
): void {
  const random = new Random(seed);
  const value = noise === "input"
    ? () => random.normal()
    : (c: number) => (random.normal() - imagenetMean[c]!) / imagenetDeviation[c]!;
  for (let y = region.top; y < region.top + region.height; y++) {
    const from = offset + (y * width + region.left) * 3;
    for (let i = 0; i < region.width * 3; i++) input[from + i] = value(i % 3);
  }
}
