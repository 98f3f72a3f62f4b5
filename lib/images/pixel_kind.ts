import type { Metadata } from "sharp";
import { isDeepGray, isPlainYcc, jpegChannels, tiffIsInverted } from "./header.ts";
import {
  fromDeepInks,
  fromGray16,
  fromInks,
  fromInverted16,
  fromYcc,
  repeatGray,
  type ToRgb,
} from "./to_rgb.ts";

/** How the decoder hands out pixels, and what makes them red, green and blue. */
export type PixelKind = {
  space: "srgb" | "cmyk" | "grey16";
  depth: "uchar" | "ushort" | "float";
  toRgb: ToRgb;
};

/** The kinds of pixels. Of most files the decoder makes the colors that Pillow makes. */
const kinds = {
  usual: { space: "srgb", depth: "uchar", toRgb: repeatGray },
  ycc: { space: "srgb", depth: "uchar", toRgb: fromYcc },
  inks: { space: "cmyk", depth: "uchar", toRgb: fromInks },
  deepInks: { space: "cmyk", depth: "ushort", toRgb: fromDeepInks },
  gray16: { space: "grey16", depth: "float", toRgb: fromGray16 },
  inverted16: { space: "grey16", depth: "float", toRgb: fromInverted16 },
} as const satisfies Record<string, PixelKind>;

/** A file's format and bytes, and what the decoder says of it. */
export type EncodedImage = { name: string; bytes: Uint8Array; metadata: () => Promise<Metadata> };

/** The kind of a file's pixels. */
export async function pixelKind({ name, bytes, metadata }: EncodedImage): Promise<PixelKind> {
  if (name === "JPEG") return jpegChannels(bytes) === 4 ? kinds.inks : kinds.usual;
  if (isDeepGray(bytes)) return kinds.gray16;
  if (name !== "TIFF") return kinds.usual;
  const { space, channels, depth } = await metadata();
  if (space === "cmyk") return depth === "ushort" ? kinds.deepInks : kinds.inks;
  if (space === "grey16" && channels === 1) {
    // The decoder turns unsigned ones round where 0 is white, and Pillow does not.
    return depth === "ushort" && tiffIsInverted(bytes) ? kinds.inverted16 : kinds.gray16;
  }
  return isPlainYcc(bytes) ? kinds.ycc : kinds.usual;
}
