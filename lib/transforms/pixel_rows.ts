import type { Region } from "../images/mod.ts";

/** Pixels row by row, of so many bytes each. */
export type PixelRows = { width: number; height: number; data: Uint8Array };

/** The pixels of a rectangle. */
export function cutRows(
  { width: stride, data }: PixelRows,
  { top, left, width, height }: Region,
  bytes: number,
): PixelRows {
  const pixels = new Uint8Array(width * height * bytes);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * stride + left) * bytes;
    pixels.set(data.subarray(start, start + width * bytes), y * width * bytes);
  }
  return { width, height, data: pixels };
}

/** The pixels from right to left. */
export function mirrorRows({ width, height, data }: PixelRows, bytes: number): PixelRows {
  const pixels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += bytes) {
    const x = i / bytes % width;
    const to = i + (width - 1 - 2 * x) * bytes;
    for (let byte = 0; byte < bytes; byte++) pixels[to + byte] = data[i + byte]!;
  }
  return { width, height, data: pixels };
}
