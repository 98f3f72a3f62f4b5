import type { Adjustment } from "./color_jitter.ts";
import { boxWeights } from "./gaussian_blur.ts";
import { turnOf } from "./hue.ts";
import type { PhotometricChange } from "./photometric_change.ts";

/**
 * Where the numbers of a change stand: hue has a place of its own in the middle, as it costs most,
 * with places for the other three adjustments before and after it.
 */
export const photometricPlaces = {
  /** For each of three adjustments 0, 1 or 2 (brightness, contrast, saturation), and its factor. */
  before: 0,
  /** The turn in 256ths of the circle; -1 where the hue stays. */
  hue: 6,
  after: 7,
  grayscale: 13,
  /**
   * Of a box blur that is made three times: weights at a distance of 0, 1 and 2 pixels in units of
   * 2^-12, and what they lack in units of 2^-24, so that float32 adds them exactly.
   */
  blur: 14,
  solarize: 20,
} as const;

/** How many numbers tell a change. */
export const PHOTOMETRIC_NUMBERS = 21;

/** A change as numbers, for a device that makes those of many views at once. */
export function photometricNumbers(change?: PhotometricChange): number[] {
  const { jitter = [], grayscale = false, blur = 0, solarize = false } = change ?? {};
  const at = jitter.findIndex(({ name }) => name === "hue");
  const [before, hue, after] = at < 0
    ? [jitter, undefined, []]
    : [jitter.slice(0, at), jitter[at], jitter.slice(at + 1)];
  const weights = boxWeights(blur);
  return [
    ...adjustments(before),
    hue ? turnOf(hue.factor) : -1,
    ...adjustments(after),
    Number(grayscale),
    ...weights.map((weight) => weight >> 12),
    ...weights.map((weight) => weight & 0xfff),
    Number(solarize),
  ];
}

const kinds = { brightness: 0, contrast: 1, saturation: 2, hue: NaN } as const;

/** Three adjustments: those that are missing are brightness by a factor of 1. */
function adjustments(list: readonly Adjustment[]): number[] {
  return [0, 1, 2].flatMap((i) => {
    const { name, factor } = list[i] ?? { name: "brightness", factor: 1 };
    return [kinds[name], factor];
  });
}
