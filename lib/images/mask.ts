/** A picture of one byte a pixel, row by row: a binary mask (0 is outside), or a map of labels. */
export type Mask = {
  width: number;
  height: number;
  /** `width * height` bytes. */
  data: Uint8Array;
};

/** The labels' colors in the files of PASCAL VOC, DAVIS and others: red, green and blue of each. */
export const labelColors: readonly (readonly [number, number, number])[] = Array.from(
  { length: 256 },
  (_, label) => {
    // Bits 0, 3 and 6 of a label are the highest ones of red, bits 1, 4 and 7 those of green.
    const channel = (first: number) =>
      [0, 3, 6].reduce((sum, bit, i) => sum | ((label >> (bit + first)) & 1) << (7 - i), 0);
    return [channel(0), channel(1), channel(2)];
  },
);

/**
 * Reads the labels of a PNG file: the indices of its palette, or its gray values as they are.
 *
 * @throws {TypeError} If the bytes are no PNG file, are damaged, or hold colors without a palette.
 */
export async function decodeMask(bytes: Uint8Array): Promise<Mask> {
  const { decode } = await import("fast-png");
  let png;
  try {
    png = decode(bytes, { checkCrc: true });
  } catch (error) {
    throw new TypeError(`Cannot read labels from a PNG file: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const { width, height, data, depth, channels } = png;
  if (channels !== 1 || depth > 8) {
    throw new TypeError(
      `Cannot read labels from a PNG file of ${channels} channels of ${depth} bits: labels are ` +
        "indices of a palette, or gray values of up to 8 bits",
    );
  }
  return { width, height, data: depth < 8 ? unpack(png) : Uint8Array.from(data) };
}

/** The labels as a PNG file with a palette, which shows each in a color of its own. */
export async function encodeMask({ width, height, data }: Mask): Promise<Uint8Array<ArrayBuffer>> {
  const { encode } = await import("fast-png");
  const palette = labelColors.map((color) => [...color]);
  return new Uint8Array(encode({ width, height, data, depth: 8, channels: 1, palette }));
}

type Packed = { width: number; height: number; data: ArrayLike<number>; depth: number };

/** Pixels of less than a byte, which are packed from the highest bit on, a row at a time. */
function unpack({ width, height, data, depth }: Packed): Uint8Array {
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const byte = data[y * rowBytes + Math.floor(x / perByte)]!;
    return (byte >> (8 - depth * (x % perByte + 1))) & (2 ** depth - 1);
  });
}
