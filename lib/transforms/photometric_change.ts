import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { adjust, type Adjustment, drawJitter } from "./color_jitter.ts";
import { gaussianBlur } from "./gaussian_blur.ts";
import { grayscale } from "./grayscale.ts";
import { solarize } from "./solarize.ts";
import type { ViewOptions } from "./weak_view.ts";

/** How the bytes of a view are changed once it is cropped, as it was drawn. */
export type PhotometricChange = {
  /** The adjustments of color jitter, in their order. */
  jitter: readonly Adjustment[];
  grayscale: boolean;
  /** Standard deviation of the blur in pixels; 0 where there is none. */
  blur: number;
  solarize: boolean;
};

/** Least and greatest standard deviation of the blur, in pixels. */
export const BLUR = [0.1, 2] as const;

/** Draws color jitter, grayscale, blur and solarization, in the order of Mugs and DINO. */
export function drawPhotometricChange(
  options: Pick<ViewOptions, "jitter" | "jitterStrength" | "grayscale" | "blur" | "solarize">,
  random: Random,
): PhotometricChange {
  const jitter = random.chance(options.jitter) ? drawJitter(options.jitterStrength, random) : [];
  const grayscale = random.chance(options.grayscale);
  const blur = random.chance(options.blur) ? random.uniform(BLUR[0], BLUR[1]) : 0;
  return { jitter, grayscale, blur, solarize: random.chance(options.solarize) };
}

/** Changes a view in place. */
export function changePhotometrically(view: Image, change: PhotometricChange): void {
  if (change.jitter.length > 0) adjust(view, change.jitter);
  if (change.grayscale) grayscale(view);
  if (change.blur > 0) gaussianBlur(view, change.blur);
  if (change.solarize) solarize(view);
}
