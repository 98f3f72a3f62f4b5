import type { Region } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { deviation, mean } from "./normalize.ts";

/** The range of the part of the area that is erased, and of its height to width. */
const AREA = [0.02, 1 / 3] as const, RATIO = [0.3, 1 / 0.3] as const;

/**
 * Of what the noise that takes the place of an erased part is normal, with mean 0 and deviation 1: the network's `input`, as
 * in timm, or the `pixels` of 0 to 1 before they are normalized, as in Mugs with its prefetcher, which normalizes last. There,
 * noise is four times as strong, and dark on the whole.
 */
export type ErasingNoise = "input" | "pixels";

/** A region to be erased, and the seed of the noise that takes its place. */
export type Erased = { region: Region; seed: number };

/**
 * Draws what is erased of an image: a rectangle of 2 to 33 % of its area and of log-uniform aspect. `null` if ten in a row
 * do not fit.
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
 * Puts normal noise into a region of an image that is already network input (timm's mode `pixel`): bytes could not hold it.
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
    : (c: number) => (random.normal() - mean[c]) / deviation[c];
  for (let y = region.top; y < region.top + region.height; y++) {
    const from = offset + (y * width + region.left) * 3;
    for (let i = 0; i < region.width * 3; i++) input[from + i] = value(i % 3);
  }
}
