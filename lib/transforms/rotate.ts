import type { Image } from "../images/mod.ts";
import { affine, type MoveOptions } from "./affine.ts";

/** An image turned counterclockwise about its center. Source: Pillow's `Image.rotate`. */
export function rotate(image: Image, degrees: number, options: MoveOptions): Image {
  // A positive angle, as in Pillow: cosines of negative angles round differently.
  const turn = (degrees % 360 + 360) % 360;
  const angle = -turn * (Math.PI / 180);
  const cos = rounded(Math.cos(angle)), sin = rounded(Math.sin(angle));
  const x = image.width / 2, y = image.height / 2;
  const matrix = [cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y] as const;
  return affine(image, matrix, options);
}

/** To 15 decimals, so that right angles are exact. */
function rounded(value: number): number {
  return Number(value.toFixed(15));
}
