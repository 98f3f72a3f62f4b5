import type { Image } from "../images/mod.ts";

/**
 * Keeps the `bits` (0 to 8) highest bits of each byte, in place; with 0 the image becomes black.
 *
 * Source: Pillow's `ImageOps.posterize`, which since its version 13 refuses 0.
 */
export function posterize({ data }: Image, bits: number): void {
  const mask = 256 - 2 ** (8 - bits);
  for (let i = 0; i < data.length; i++) data[i]! &= mask;
}
