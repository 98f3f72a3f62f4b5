import { type Image, resize, type ResizeOptions } from "../images/mod.ts";

/** How an image is brought to the size at which it is evaluated. */
export type EvalCropOptions = {
  /** The shorter side before the central square is cut out; `"whole"` brings the whole image to the square. */
  shorterSide?: number | "whole";
} & Pick<ResizeOptions, "filter" | "pillow">;

/**
 * A square of `size` pixels: the shorter side resized to 256/224 of it, then the center cut out; no randomness.
 *
 * Source: torchvision's `Resize` and `CenterCrop` on Pillow images.
 */
export function evalCrop(
  image: Image,
  size: number,
  { shorterSide = Math.round(size * 256 / 224), ...how }: EvalCropOptions = {},
): Image {
  if (shorterSide === "whole") return resize(image, { width: size, height: size }, how);
  if (shorterSide < size) {
    throw new RangeError(
      `Cannot cut a square of ${size} pixels out of an image resized to ${shorterSide}: enlarge the latter`,
    );
  }
  const shortest = Math.min(image.width, image.height);
  const longer = Math.trunc(shorterSide * Math.max(image.width, image.height) / shortest);
  const resized = resize(image, {
    width: image.width <= image.height ? shorterSide : longer,
    height: image.width <= image.height ? longer : shorterSide,
  }, how);
  return center(resized, size);
}

function center(image: Image, size: number): Image {
  const left = halfEven((image.width - size) / 2);
  const top = halfEven((image.height - size) / 2);
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    const from = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(from, from + size * 3), y * size * 3);
  }
  return { width: size, height: size, data };
}

/** Python's `round`: a half goes to the even neighbor. */
function halfEven(x: number): number {
  return x % 1 === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);
}
