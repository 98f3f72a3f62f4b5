/** Makes red, green and blue bytes of pixels of several channels. */
export type ToRgb = (data: Uint8Array, channels: number) => Uint8Array;

/** Repeats gray where there are fewer than three channels, and drops what follows the third. */
export function repeatGray(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const count = data.length / channels;
  const out = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) out[3 * i + c] = data[channels * i + (channels < 3 ? 0 : c)]!;
  }
  return out;
}

/**
 * Inks become colors: cyan, magenta and yellow each take away from red, green and blue, darkened by
 * black.
 *
 * Source: Pillow's `Convert.c` (`cmyk2rgb`).
 */
export function fromInks(data: Uint8Array, channels: number): Uint8Array {
  const count = data.length / channels;
  const out = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    const white = 255 - data[channels * i + 3]!;
    for (let c = 0; c < 3; c++) {
      out[3 * i + c] = Math.round((255 - data[channels * i + c]!) * white / 255);
    }
  }
  return out;
}

/**
 * Luma and two differences from it become colors.
 *
 * Source: JPEG File Interchange Format 1.02, "Conversion to and from RGB".
 */
export function fromYcc(data: Uint8Array, channels: number): Uint8Array {
  const count = data.length / channels;
  const out = new Uint8ClampedArray(count * 3);
  for (let i = 0; i < count; i++) {
    const y = data[channels * i]!;
    const blue = data[channels * i + 1]! - 128, red = data[channels * i + 2]! - 128;
    out[3 * i] = y + 1.402 * red;
    out[3 * i + 1] = y - 0.344136 * blue - 0.714136 * red;
    out[3 * i + 2] = y + 1.772 * blue;
  }
  return new Uint8Array(out.buffer);
}
