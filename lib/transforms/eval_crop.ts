import { type Image, resize, type ResizeOptions } from "../images/mod.ts";

/** How an image is brought to the size at which it is evaluated. */
export type EvalCropOptions = {
  /**
   * What becomes the square: `"center"` resizes the shorter side and cuts out the center, as is the
   * default; `"whole"` resizes all of the image.
   */
  evalCrop?: "center" | "whole";
  /** The shorter side before the center is cut out; by default 256/224 of the square's. */
  shorterSide?: number;
} & Pick<ResizeOptions, "filter" | "pillow">;

/**
 * A square of `size` pixels, the same for the same image: its center, or all of it.
 *
 * Source: torchvision's `Resize` and `CenterCrop` on Pillow images.
 *
 * @throws {RangeError} If the shorter side is less than the square's.
 */
export function evalCrop(
  image: Image,
  size: number,
  { evalCrop = "center", shorterSide = Math.round(size * 256 / 224), ...how }: EvalCropOptions = {},
): Image {
  if (evalCrop === "whole") return resize(image, { width: size, height: size }, how);
  if (shorterSide < size) {
    throw new RangeError(
      `Cannot cut a square of ${size} pixels out of an image resized to ${shorterSide}: ` +
        `enlarge the latter`,
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
