import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { blend, blendWith } from "./blend.ts";
import { luma } from "./grayscale.ts";
import { hue } from "./hue.ts";

/**
 * Greatest change of brightness, contrast and saturation (each around 1) and of hue (around 0, in
 * turns).
 */
export type JitterStrength = readonly [number, number, number, number];

/**
 * Changes brightness, contrast, saturation and hue by random factors, in random order, in place.
 *
 * Source: torchvision's `ColorJitter` on Pillow images.
 */
export function colorJitter(image: Image, strength: JitterStrength, random: Random): void {
  const factors = strength.map((most, i) =>
    i === 3 ? random.uniform(-most, most) : random.uniform(Math.max(0, 1 - most), 1 + most)
  );
  for (const i of random.permutation(4)) {
    if (strength[i]! > 0) adjustments[i]!(image, factors[i]!);
  }
}

const adjustments = [brightness, contrast, saturation, hue];

/** Brightness by a factor, in place: 0 is black. */
export function brightness({ data }: Image, factor: number): void {
  blendWith(data, 0, factor);
}

/** Contrast by a factor, in place: 0 is an even gray of the image's mean luma. */
export function contrast(image: Image, factor: number): void {
  blendWith(image.data, meanLuma(image), factor);
}

/** The mean luma of an image, rounded. */
export function meanLuma({ data }: Image): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += luma(data[i]!, data[i + 1]!, data[i + 2]!);
  return Math.floor(sum / (data.length / 3) + 0.5);
}

/** Saturation by a factor, in place: 0 is gray. */
export function saturation({ data }: Image, factor: number): void {
  for (let i = 0; i < data.length; i += 3) {
    const gray = luma(data[i]!, data[i + 1]!, data[i + 2]!);
    data[i] = blend(gray, data[i]!, factor);
    data[i + 1] = blend(gray, data[i + 1]!, factor);
    data[i + 2] = blend(gray, data[i + 2]!, factor);
  }
}
