import type { Image } from "../images/mod.ts";

/** For each of 256 hues, the sixth of the circle it lies in, as Pillow rounds it. */
const sextant = Uint8Array.from({ length: 256 }, (_, h) => Math.floor(h * 6 / 255) % 6);
/** How far along its sixth each hue lies. */
const along = Float32Array.from({ length: 256 }, (_, h) => h * 6 / 255 - Math.floor(h * 6 / 255));

/** Saturation byte of a pixel of greatest channel `m` and spread `d`: `[m * 256 + d]`. */
const saturations = new Uint8Array(65536);
for (let m = 1; m < 256; m++) {
  for (let d = 1; d <= m; d++) saturations[m * 256 + d] = Math.fround(d / m) * 255;
}

/** Saturation bytes as numbers from 0 to 1. */
const shares = Float32Array.from({ length: 256 }, (_, s) => s / 255);

/**
 * Turns the hue by `factor` of the circle (-0.5 to 0.5), in place. Hue, saturation and value are
 * bytes in between, with Pillow's rounding.
 *
 * Source: torchvision's `adjust_hue` on Pillow images; Pillow's `Convert.c` (`rgb2hsv`, `hsv2rgb`).
 */
export function hue({ data }: Image, factor: number): void {
  hues ??= hueTable();
  const turn = Math.trunc(factor * 255) & 255;
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i]!, g = data[i + 1]!, b = data[i + 2]!;
    let most = r, least = g, order = 0;
    if (r >= g && r >= b) {
      if (b < g) least = b, order = 1;
    } else if (g >= b) {
      most = g, least = b, order = 3;
      if (r < b) least = r, order = 2;
    } else {
      most = b, order = 5;
      if (r < g) least = r, order = 4;
    }
    const spread = most - least;
    const saturation = saturations[most << 8 | spread]!;
    if (saturation === 0) {
      data[i] = data[i + 1] = data[i + 2] = most;
      continue;
    }
    const middle = r + g + b - most - least;
    const h = (hues[order << 16 | spread << 8 | most - middle]! + turn) & 255;
    const f = along[h]!, s = shares[saturation]!;
    const p = most * (1 - s) + 0.5 | 0;
    switch (sextant[h]) {
      case 0:
        data[i] = most, data[i + 1] = rising(most, s, f), data[i + 2] = p;
        break;
      case 1:
        data[i] = falling(most, s, f), data[i + 1] = most, data[i + 2] = p;
        break;
      case 2:
        data[i] = p, data[i + 1] = most, data[i + 2] = rising(most, s, f);
        break;
      case 3:
        data[i] = p, data[i + 1] = falling(most, s, f), data[i + 2] = most;
        break;
      case 4:
        data[i] = rising(most, s, f), data[i + 1] = p, data[i + 2] = most;
        break;
      default:
        data[i] = most, data[i + 1] = p, data[i + 2] = falling(most, s, f);
    }
  }
}

function rising(most: number, s: number, f: number): number {
  return most * (1 - s * (1 - f)) + 0.5 | 0;
}

function falling(most: number, s: number, f: number): number {
  return most * (1 - Math.fround(s * f)) + 0.5 | 0;
}

/**
 * Hue bytes by the order of the channels (which is greatest, which is least), the spread between
 * these two, and how far the third is below the greatest; a hue depends on nothing else.
 * `[order * 65536 + spread * 256 + distance]`.
 */
let hues: Uint8Array | undefined;

/** Greatest, least and third channel of each order. */
const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const;

function hueTable(): Uint8Array {
  const table = new Uint8Array(6 << 16);
  orders.forEach(([greatest, , third], order) => {
    for (let spread = 1; spread < 256; spread++) {
      for (let distance = 0; distance <= spread; distance++) {
        const channels: Color = [0, 0, 0];
        channels[greatest] = spread;
        channels[third] = spread - distance;
        table[order << 16 | spread << 8 | distance] = hueByte(channels, spread);
      }
    }
  });
  return table;
}

type Color = [red: number, green: number, blue: number];

/** The hue of a pixel whose channels range from 0 to `most`. */
function hueByte([r, g, b]: Color, most: number): number {
  const complement = (channel: number) => Math.fround((most - channel) / most);
  const rc = complement(r), gc = complement(g), bc = complement(b);
  const h = r === most
    ? Math.fround(bc - gc)
    : g === most
    ? Math.fround(2 + rc - bc)
    : Math.fround(4 + gc - rc);
  const turned = h / 6 + 1;
  return Math.fround(turned >= 1 ? turned - 1 : turned) * 255 | 0;
}
