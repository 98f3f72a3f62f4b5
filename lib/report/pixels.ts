import { crc32, deflateSync } from "node:zlib";
import type { Image } from "../images/mod.ts";

/** Pixels with transparency: red, green, blue and opacity bytes, rows first. */
export type Pixels = { width: number; height: number; data: Uint8Array | Uint8ClampedArray };

/** Transparent pixels. */
export function transparent(width: number, height: number): Pixels {
  return { width, height, data: new Uint8Array(4 * width * height) };
}

/** Copies an image into pixels; `place` is its upper left corner, and the whole image must fit. */
export function put(to: Pixels, image: Image, [left, top]: readonly [number, number]): void {
  for (let y = 0; y < image.height; y++) {
    let at = 4 * ((top + y) * to.width + left);
    for (let i = 3 * y * image.width; i < 3 * (y + 1) * image.width; i += 3, at += 4) {
      to.data[at] = image.data[i]!;
      to.data[at + 1] = image.data[i + 1]!;
      to.data[at + 2] = image.data[i + 2]!;
      to.data[at + 3] = 255;
    }
  }
}

/** Pixels as a PNG in a data URI: `data:image/png;base64,...`. */
export function dataUri(pixels: Pixels): string {
  return `data:image/png;base64,${toPng(pixels).toBase64()}`;
}

/**
 * Pixels as the bytes of a PNG file, synchronously: a figure is a value and cannot wait. Every row
 * is stored as its differences from the row above or from the pixel to the left, whichever are
 * smaller.
 */
export function toPng({ width, height, data }: Pixels): Uint8Array<ArrayBuffer> {
  const stride = 4 * width;
  const rows = new Uint8Array((stride + 1) * height);
  const [left, up] = [new Uint8Array(stride), new Uint8Array(stride)];
  for (let y = 0; y < height; y++) {
    let [costLeft, costUp] = [0, 0];
    for (let i = 0, at = y * stride; i < stride; i++, at++) {
      left[i] = data[at]! - (i < 4 ? 0 : data[at - 4]!);
      up[i] = data[at]! - (y === 0 ? 0 : data[at - stride]!);
      costLeft += Math.min(left[i]!, 256 - left[i]!);
      costUp += Math.min(up[i]!, 256 - up[i]!);
    }
    rows[y * (stride + 1)] = costLeft <= costUp ? 1 : 2; // the PNG filters "Sub" and "Up"
    rows.set(costLeft <= costUp ? left : up, y * (stride + 1) + 1);
  }
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 6], 8); // eight bits a channel, with transparency
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) file.set(part, at), at += part.length;
  return file;
}

/** A chunk of a PNG file: the length, the name, the content and the checksum of both. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}
