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

/** The same of inks of sixteen bits, of which Pillow takes the upper eight. */
export function fromDeepInks(data: Uint8Array, channels: number): Uint8Array {
  const values = new Uint16Array(new Uint8Array(data).buffer);
  return fromInks(Uint8Array.from(values, (value) => value >> 8), channels);
}

/**
 * Gray of sixteen bits as floats, which is clipped at 255 and not scaled.
 *
 * Source: Pillow's `Convert.c` (`I16_RGB`, and `i2rgb` for signed numbers).
 */
export function fromGray16(data: Uint8Array, channels: number): Uint8Array {
  return repeatGray(clipped(data, (value) => value), channels);
}

/** The same of gray that was turned round. */
export function fromInverted16(data: Uint8Array, channels: number): Uint8Array {
  return repeatGray(clipped(data, (value) => 65535 - value), channels);
}

function clipped(data: Uint8Array, change: (value: number) => number): Uint8Array {
  const values = new Float32Array(new Uint8Array(data).buffer);
  return new Uint8Array(Uint8ClampedArray.from(values, change).buffer);
}

/**
 * Luma and two differences from it become colors, in the whole numbers that Pillow counts with.
 *
 * Source: Pillow's `ConvertYCbCr.c`; JPEG File Interchange Format 1.02, "Conversion to and from
 * RGB".
 */
export function fromYcc(data: Uint8Array, channels: number): Uint8Array {
  const count = data.length / channels;
  const out = new Uint8ClampedArray(count * 3);
  for (let i = 0; i < count; i++) {
    const y = data[channels * i]!;
    const blue = data[channels * i + 1]!, red = data[channels * i + 2]!;
    out[3 * i] = y + (redOfRed[red]! >> 6);
    out[3 * i + 1] = y + ((greenOfBlue[blue]! + greenOfRed[red]!) >> 6);
    out[3 * i + 2] = y + (blueOfBlue[blue]! >> 6);
  }
  return new Uint8Array(out.buffer);
}

/** What each difference adds to a color, in 64ths. */
function differences(factor: number): Int32Array {
  return Int32Array.from({ length: 256 }, (_, i) => Math.trunc(64 * factor * (i - 128) + 0.5));
}

const redOfRed = differences(1.402), greenOfRed = differences(-0.71414);
const greenOfBlue = differences(-0.34414), blueOfBlue = differences(1.772);
