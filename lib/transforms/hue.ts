import type { Image } from "../images/mod.ts";

/** For each of 256 hues, the sixth of the circle it lies in and how far along, as Pillow rounds them. */
const sextant = Uint8Array.from({ length: 256 }, (_, h) => Math.floor(h * 6 / 255) % 6);
const along = Float32Array.from({ length: 256 }, (_, h) => h * 6 / 255 - Math.floor(h * 6 / 255));

/** Saturation byte of a pixel whose greatest channel is `m` and whose spread is `d`: `[m * 256 + d]`. */
const saturations = new Uint8Array(65536);
for (let m = 1; m < 256; m++) {
  for (let d = 1; d <= m; d++) saturations[m * 256 + d] = Math.fround(d / m) * 255;
}

/** Saturation bytes as numbers of 0 to 1. */
const shares = Float32Array.from({ length: 256 }, (_, s) => s / 255);

/**
 * Turns the hue by `factor` of the circle (-0.5 to 0.5), in place. Hue, saturation and value are bytes in between, with
 * Pillow's rounding.
 *
 * Source: torchvision's `adjust_hue` on Pillow images; Pillow's `Convert.c` (`rgb2hsv`, `hsv2rgb`).
 */
export function hue({ data }: Image, factor: number): void {
  const turn = Math.trunc(factor * 255) & 255;
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i], g = data[i + 1], b = data[i + 2];
    const most = r > g ? (r > b ? r : b) : g > b ? g : b;
    const least = r < g ? (r < b ? r : b) : g < b ? g : b;
    const spread = most - least;
    const saturation = saturations[most << 8 | spread];
    if (saturation === 0) {
      data[i] = data[i + 1] = data[i + 2] = most;
      continue;
    }
    const h = (hueByte(r, g, b, most, spread) + turn) & 255;
    const f = along[h], s = shares[saturation];
    const p = Math.floor(most * (1 - s) + 0.5);
    const sixth = sextant[h];
    if (sixth & 1) {
      const q = Math.floor(most * (1 - Math.fround(s * f)) + 0.5);
      data[i] = sixth === 1 ? q : sixth === 3 ? p : most;
      data[i + 1] = sixth === 1 ? most : sixth === 3 ? q : p;
      data[i + 2] = sixth === 1 ? p : sixth === 3 ? most : q;
    } else {
      const t = Math.floor(most * (1 - s * (1 - f)) + 0.5);
      data[i] = sixth === 0 ? most : sixth === 2 ? p : t;
      data[i + 1] = sixth === 0 ? t : sixth === 2 ? most : p;
      data[i + 2] = sixth === 0 ? p : sixth === 2 ? t : most;
    }
  }
}

function hueByte(r: number, g: number, b: number, most: number, spread: number): number {
  const rc = Math.fround((most - r) / spread);
  const gc = Math.fround((most - g) / spread);
  const bc = Math.fround((most - b) / spread);
  const h = r === most
    ? Math.fround(bc - gc)
    : g === most
    ? Math.fround(2 + rc - bc)
    : Math.fround(4 + gc - rc);
  const turned = h / 6 + 1;
  return Math.fround(turned >= 1 ? turned - 1 : turned) * 255 | 0;
}
