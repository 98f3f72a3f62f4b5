import { formatOf } from "./format.ts";

/**
 * Channels of a JPEG by its frame header: 1 for gray, 3 for color, 4 for CMYK; `null` where it has
 * none.
 */
export function jpegChannels(bytes: Uint8Array): number | null {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) at++; // junk between segments
    else {
      const marker = bytes[at + 1]!;
      const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      if (frame) return bytes[at + 9]!;
      if (marker === 0xff) at++; // padding
      else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) at += 2; // without a length
      else at += 2 + (bytes[at + 2]! << 8 | bytes[at + 3]!);
    }
  }
  return null;
}

/** Bits of each number in a PNG file, and its type of colors: 0 for gray without alpha. */
function pngType(bytes: Uint8Array): { bits: number; color: number } {
  return { bits: bytes[24] ?? 0, color: bytes[25] ?? 0 }; // behind signature, length, name and size
}

/** Whether a file is a PNG of gray of sixteen bits, by its first 26 bytes. */
export function isDeepGray(head: Uint8Array): boolean {
  if (formatOf(head)?.name !== "PNG") return false;
  const { bits, color } = pngType(head);
  return bits === 16 && color === 0;
}

/** How a file's pixels are turned for display: quarter turns counterclockwise, then a mirror. */
export type Turn = { quarters: number; mirror: "flip" | "flop" | null };

/**
 * The turn that an AVIF file's boxes `irot` and `imir` ask for.
 *
 * Source: ISO/IEC 23008-12, 6.5.10 and 6.5.12.
 */
export function avifTurn(bytes: Uint8Array): Turn {
  const properties = avifProperties(bytes);
  const value = (name: string) => properties.find((box) => box.name === name)?.content[0];
  const axis = value("imir");
  return {
    quarters: (value("irot") ?? 0) & 3,
    mirror: axis === undefined ? null : axis & 1 ? "flop" : "flip",
  };
}

/** Pixels of the largest image that an AVIF file claims to hold, by its boxes `ispe`. */
export function avifPixels(bytes: Uint8Array): number {
  const sizes = avifProperties(bytes).filter(({ name }) => name === "ispe").map(({ content }) => {
    if (content.length < 12) return 0;
    const view = new DataView(content.buffer, content.byteOffset);
    return view.getUint32(4) * view.getUint32(8); // behind version and flags
  });
  return Math.max(0, ...sizes);
}

/** The boxes of an AVIF file that tell the properties of its images. */
function avifProperties(bytes: Uint8Array): Box[] {
  const properties = ["meta", "iprp", "ipco"].reduce(
    (within, name) => boxes(within).find((box) => box.name === name)?.content ?? new Uint8Array(),
    bytes,
  );
  return boxes(properties);
}

type Box = { name: string; content: Uint8Array };

/** The boxes that follow one another in `bytes`. */
function boxes(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const list: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = view.getUint32(at) || bytes.length - at;
    if (size < 8) break; // 64-bit sizes hold pixels, which come last
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const skip = name === "meta" ? 12 : 8; // version and flags
    list.push({ name, content: bytes.subarray(at + skip, at + size) });
    at += size;
  }
  return list;
}

/** Tags of TIFF, and their values that matter here. */
const COMPRESSION = 259, JPEG = 7, PHOTOMETRIC = 262, YCC = 6, SUBSAMPLING = 530;
const WHITE_IS_ZERO = 0;

/**
 * Whether a TIFF file holds luma and color differences which its decoder leaves as they are: those
 * that are neither packed as JPEG nor subsampled.
 *
 * Source: TIFF 6.0, sections 2 and 21.
 */
export function isPlainYcc(bytes: Uint8Array): boolean {
  const tags = tiffTags(bytes);
  return tags.get(PHOTOMETRIC) === YCC && tags.get(COMPRESSION) !== JPEG &&
    tags.get(SUBSAMPLING) === 1;
}

/** Whether 0 is white in a TIFF file. */
export function tiffIsInverted(bytes: Uint8Array): boolean {
  return tiffTags(bytes).get(PHOTOMETRIC) === WHITE_IS_ZERO;
}

/** The first 16 bits of the values of a TIFF file's first directory, by their tags. */
function tiffTags(bytes: Uint8Array): Map<number, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[0] === 0x49;
  const tags = new Map<number, number>();
  if (bytes.length < 8) return tags;
  const start = view.getUint32(4, little);
  if (start + 2 > bytes.length) return tags;
  const count = view.getUint16(start, little);
  for (let i = 0, at = start + 2; i < count && at + 12 <= bytes.length; i++, at += 12) {
    tags.set(view.getUint16(at, little), view.getUint16(at + 8, little));
  }
  return tags;
}
