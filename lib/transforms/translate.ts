import type { Image } from "../images/mod.ts";
import { affine, type MoveOptions } from "./affine.ts";

/** An image moved left by a part of its width. Source: timm's `translate_x_rel`. */
export function translateX(image: Image, part: number, options: MoveOptions): Image {
  return affine(image, [1, 0, part * image.width, 0, 1, 0], options);
}

/** An image moved up by a part of its height. Source: timm's `translate_y_rel`. */
export function translateY(image: Image, part: number, options: MoveOptions): Image {
  return affine(image, [1, 0, 0, 0, 1, part * image.height], options);
}
