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

const table = new Uint8Array(256);

/** Replaces each byte by its blend with one constant, in place, through a table. */
export function blendWith(data: Uint8Array, constant: number, factor: number): void {
  for (let v = 0; v < 256; v++) table[v] = blend(constant, v, factor);
  for (let i = 0; i < data.length; i++) data[i] = table[data[i]!]!;
}
