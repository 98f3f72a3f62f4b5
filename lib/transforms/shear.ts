import type { Image } from "../images/mod.ts";
import { affine, type MoveOptions } from "./affine.ts";

/** Moves each row left by `factor` pixels more than the one above. Source: timm's `shear_x`. */
export function shearX(image: Image, factor: number, options: MoveOptions): Image {
  return affine(image, [1, factor, 0, 0, 1, 0], options);
}

/** Moves each column up by `factor` pixels more than the one before. Source: timm's `shear_y`. */
export function shearY(image: Image, factor: number, options: MoveOptions): Image {
  return affine(image, [1, 0, 0, factor, 1, 0], options);
}
