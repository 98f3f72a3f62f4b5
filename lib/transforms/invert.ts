import type { Image } from "../images/mod.ts";

/** Turns an image into its negative, in place. Source: Pillow's `ImageOps.invert`. */
export function invert({ data }: Image): void {
  for (let i = 0; i < data.length; i++) data[i] = 255 - data[i]!;
}
