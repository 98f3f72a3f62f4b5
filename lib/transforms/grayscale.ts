import { colorKernels, type Image } from "../images/mod.ts";
import { inWorkspace } from "./in_workspace.ts";

/** The luma of a pixel, 0 to 255: Pillow's integer ITU-R 601 weights. */
export function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/** Removes the color of an image, in place: all channels become its luma. */
export function grayscale(image: Image): void {
  inWorkspace(image, (end) => colorKernels.gray(0, end));
}
