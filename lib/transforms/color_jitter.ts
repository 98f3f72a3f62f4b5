import { colorKernels, type Image, workspace } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { turnOf } from "./hue.ts";
import { intoWorkspace, inWorkspace } from "./in_workspace.ts";

/**
 * Greatest change of brightness, contrast and saturation (each around 1) and of hue (around 0, in
 * turns).
 */
export type JitterStrength = readonly [number, number, number, number];

/** An adjustment of color jitter. */
export type Adjustment = { name: "brightness" | "contrast" | "saturation" | "hue"; factor: number };

/**
 * Changes brightness, contrast, saturation and hue by random factors, in random order, in place.
 *
 * Source: torchvision's `ColorJitter` on Pillow images.
 */
export function colorJitter(image: Image, strength: JitterStrength, random: Random): void {
  adjust(image, drawJitter(strength, random));
}

/** The adjustments of color jitter in their order; those without strength are left out. */
export function drawJitter(strength: JitterStrength, random: Random): Adjustment[] {
  const factors = strength.map((most, i) =>
    i === 3 ? random.uniform(-most, most) : random.uniform(Math.max(0, 1 - most), 1 + most)
  );
  return Array.from(random.permutation(4)).filter((i) => strength[i]! > 0)
    .map((i) => ({ name: names[i]!, factor: factors[i]! }));
}

const names = ["brightness", "contrast", "saturation", "hue"] as const;

/** Makes adjustments one after the other, in place. */
export function adjust(image: Image, adjustments: readonly Adjustment[]): void {
  inWorkspace(image, (end) => {
    for (const { name, factor } of adjustments) change[name](end, factor);
  });
}

/** Changes of the bytes in the workspace. */
const change = {
  brightness: (end: number, factor: number) => colorKernels.blend(0, end, 0, factor),
  contrast: (end: number, factor: number) => colorKernels.blend(0, end, meanLumaIn(end), factor),
  saturation: (end: number, factor: number) => colorKernels.saturate(0, end, factor),
  hue: (end: number, factor: number) => colorKernels.turnHue(0, end, turnOf(factor)),
} as const;

/** Brightness by a factor, in place: 0 is black. */
export function brightness(image: Image, factor: number): void {
  inWorkspace(image, (end) => change.brightness(end, factor));
}

/** Contrast by a factor, in place: 0 is an even gray of the image's mean luma. */
export function contrast(image: Image, factor: number): void {
  inWorkspace(image, (end) => change.contrast(end, factor));
}

/** The change of contrast that an image with these pixels needs. */
export function contrastOf(pixels: Image, factor: number): (image: Image) => void {
  intoWorkspace(pixels.data);
  const mean = meanLumaIn(pixels.data.length);
  return (image) => inWorkspace(image, (end) => colorKernels.blend(0, end, mean, factor));
}

/** Saturation by a factor, in place: 0 is gray. */
export function saturation(image: Image, factor: number): void {
  inWorkspace(image, (end) => change.saturation(end, factor));
}

/** The mean luma of the bytes in the workspace, rounded; black pixels follow them. */
function meanLumaIn(end: number): number {
  const sumsAt = end + 16;
  colorKernels.sumLuma(0, end, sumsAt);
  const { buffer } = workspace(end + 32);
  const sums = new DataView(buffer, sumsAt, 16);
  const sum = [0, 4, 8, 12].reduce((sum, at) => sum + sums.getInt32(at, true), 0);
  return Math.floor(sum / (end / 3) + 0.5);
}
