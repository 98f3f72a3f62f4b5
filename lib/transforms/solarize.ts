import type { Image } from "../images/mod.ts";

/** Inverts bytes of at least `threshold`, in place. Source: Pillow's `ImageOps.solarize`. */
export function solarize({ data }: Image, threshold = 128): void {
  for (let i = 0; i < data.length; i++) if (data[i]! >= threshold) data[i] = 255 - data[i]!;
}
