/**
 * A step from byte `from` toward byte `to` (beyond it for factors above 1), in float32, truncated
 * and clipped.
 *
 * Source: Pillow's `Image.blend`.
 */
export function blend(from: number, to: number, factor: number): number {
  const value = Math.fround(from + Math.fround(Math.fround(factor) * (to - from)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
}
