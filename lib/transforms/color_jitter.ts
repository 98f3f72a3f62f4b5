import { colorKernels, type Image, workspace } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { turnOf } from "./hue.ts";
import { intoWorkspace, inWorkspace } from "./in_workspace.ts";

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
  const order = random.permutation(4);
  inWorkspace(image, (end) => {
    for (const i of order) if (strength[i]! > 0) adjustments[i]!(end, factors[i]!);
  });
}

/** Brightness, contrast, saturation and hue of the bytes in the workspace. */
const adjustments = [
  (end: number, factor: number) => colorKernels.blend(0, end, 0, factor),
  (end: number, factor: number) => colorKernels.blend(0, end, meanLumaIn(end), factor),
  (end: number, factor: number) => colorKernels.saturate(0, end, factor),
  (end: number, factor: number) => colorKernels.turnHue(0, end, turnOf(factor)),
] as const;

/** Brightness by a factor, in place: 0 is black. */
export function brightness(image: Image, factor: number): void {
  inWorkspace(image, (end) => adjustments[0](end, factor));
}

/** Contrast by a factor, in place: 0 is an even gray of the image's mean luma. */
export function contrast(image: Image, factor: number): void {
  inWorkspace(image, (end) => adjustments[1](end, factor));
}

/** The change of contrast that an image with these pixels needs. */
export function contrastOf(pixels: Image, factor: number): (image: Image) => void {
  intoWorkspace(pixels.data);
  const mean = meanLumaIn(pixels.data.length);
  return (image) => inWorkspace(image, (end) => colorKernels.blend(0, end, mean, factor));
}

/** Saturation by a factor, in place: 0 is gray. */
export function saturation(image: Image, factor: number): void {
  inWorkspace(image, (end) => adjustments[2](end, factor));
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
