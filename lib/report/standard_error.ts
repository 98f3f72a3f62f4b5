/** One standard error of an accuracy in percent on a number of images: √(p (1 − p) / n). */
export function standardError(top1: number, images: number): number {
  return Math.sqrt(top1 * (100 - top1) / images);
}
