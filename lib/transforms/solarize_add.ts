import type { Image } from "../images/mod.ts";

/** Adds to the bytes below `threshold`, up to 255, in place. Source: timm's `solarize_add`. */
export function solarizeAdd({ data }: Image, add: number, threshold = 128): void {
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < threshold) data[i] = Math.min(255, data[i]! + add);
  }
}
