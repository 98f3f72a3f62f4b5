import type { Image } from "./image.ts";

/** The size from which on an image shows all that is needed of it. */
export type SufficientSize = {
  /** The least shorter side, in pixels. */
  shorterSide: number;
  /** The least number of pixels. */
  pixels: number;
};

/** By how much a JPEG file can be reduced while it is decoded. */
export type Reduction = 1 | 2 | 4 | 8;

type Size = Pick<Image, "width" | "height">;

/** The greatest reduction of an image that leaves a sufficient size. */
export function reductionOf(image: Size, least: SufficientSize): Reduction {
  const fits = (reduction: Reduction) => {
    const { width, height } = reduced(image, reduction);
    return Math.min(width, height) >= least.shorterSide && width * height >= least.pixels;
  };
  return ([8, 4, 2] as const).find(fits) ?? 1;
}

/** The size of an image after its reduction. */
export function reduced({ width, height }: Size, reduction: Reduction): Size {
  return { width: Math.floor(width / reduction), height: Math.floor(height / reduction) };
}
