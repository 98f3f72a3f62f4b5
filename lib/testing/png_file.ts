import { crc32, deflateSync } from "node:zlib";

/** What a file of {@linkcode pngFile} holds. */
export type PngPixels = {
  bits: 8 | 16;
  /** 0 for gray, 2 for colors, 4 and 6 for the same with alpha. */
  color: 0 | 2 | 4 | 6;
  /** The gray or color that is transparent, where a file without alpha has one. */
  transparent?: readonly number[];
};

/** Numbers of a pixel by the type of its color. */
const channelsOf = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** A PNG file of one row of pixels. */
export function pngFile(
  values: readonly number[],
  { bits, color, transparent }: PngPixels,
): Uint8Array<ArrayBuffer> {
  const width = values.length / channelsOf[color];
  const header = [...bigEndian(width, 4), 0, 0, 0, 1, bits, color, 0, 0, 0];
  const row = [0, ...values.flatMap((value) => bigEndian(value, bits / 8))];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", header),
    ...transparent ? chunk("tRNS", transparent.flatMap((value) => bigEndian(value, 2))) : [],
    ...chunk("IDAT", [...deflateSync(Uint8Array.from(row))]),
    ...chunk("IEND", []),
  ]);
}

function chunk(name: string, content: readonly number[]): number[] {
  const named = [...new TextEncoder().encode(name), ...content];
  return [
    ...bigEndian(content.length, 4),
    ...named,
    ...bigEndian(crc32(Uint8Array.from(named)), 4),
  ];
}

function bigEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256);
}
