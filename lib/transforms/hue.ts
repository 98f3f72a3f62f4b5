import { colorKernels, type Image } from "../images/mod.ts";
import { inWorkspace } from "./in_workspace.ts";

/**
 * Turns the hue by `factor` of the circle (-0.5 to 0.5), in place. Hue, saturation and value are
 * bytes in between, with Pillow's rounding.
 *
 * Source: torchvision's `adjust_hue` on Pillow images; Pillow's `Convert.c` (`rgb2hsv`, `hsv2rgb`).
 */
export function hue(image: Image, factor: number): void {
  inWorkspace(image, (end) => colorKernels.turnHue(0, end, turnOf(factor)));
}

/** A turn by a part of the circle in 256ths of it, 0 to 255. */
export function turnOf(factor: number): number {
  return Math.trunc(factor * 255) & 255;
}
