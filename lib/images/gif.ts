import { unpackLzw } from "./gif_lzw.ts";
import { blank, type Image } from "./image.ts";

/** First rows and steps of the passes in which an interlaced image is stored. */
const passes = [[0, 8], [4, 8], [2, 4], [1, 2]] as const;

const INCOMPLETE = "it ends before its image is complete";

/** Reads bytes one after the other; reading beyond the end is an error. */
class Reader {
  #at: number;

  constructor(readonly bytes: Uint8Array, at: number) {
    this.#at = at;
  }

  byte(): number {
    const byte = this.bytes[this.#at++];
    if (byte === undefined) throw new Error(INCOMPLETE);
    return byte;
  }

  word(): number {
    return this.byte() | this.byte() << 8;
  }

  slice(length: number): Uint8Array {
    const from = this.#at;
    this.#at += length;
    if (this.#at > this.bytes.length) throw new Error(INCOMPLETE);
    return this.bytes.subarray(from, this.#at);
  }

  /** The blocks that follow, each behind its length, until an empty one. */
  *blocks(): Generator<Uint8Array, void, void> {
    for (let length = this.byte(); length > 0; length = this.byte()) yield this.slice(length);
  }
}

/** The first frame of a file: where it lies on the canvas, and how its pixels are stored. */
type Frame = {
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  /** Red, green and blue of each index; `null` where an index is its own gray. */
  palette: Uint8Array | null;
  /** Index of what the frame does not cover. */
  background: number;
};

/**
 * The first frame of a GIF file as RGB, as Pillow reads it: transparent pixels have the color that
 * the palette gives to their index, and what the frame does not cover has the transparent index,
 * or 0.
 *
 * Source: CompuServe's GIF89a specification; Pillow's `GifImagePlugin.py` and `GifDecode.c`.
 *
 * @throws {Error} If the file is damaged or has more than `maxPixels` pixels.
 */
export function decodeGif(bytes: Uint8Array, maxPixels: number): Image {
  const reader = new Reader(bytes, "GIF89a".length);
  const screen = { width: reader.word(), height: reader.word() };
  const flags = reader.byte();
  reader.word(); // background color and aspect ratio, which Pillow ignores, too
  const frame = readFrame(reader, flags & 0x80 ? reader.slice(3 << (flags & 7) + 1) : null);
  const width = Math.max(screen.width, frame.left + frame.width);
  const height = Math.max(screen.height, frame.top + frame.height);
  if (width * height > maxPixels) throw new Error("pixel limit");
  if (frame.width * frame.height === 0) throw new Error("its first frame is empty");
  const indices = new Uint8Array(width * height).fill(frame.background);
  readIndices(reader, frame, { indices, stride: width });
  return colored(indices, frame.palette, blank(width, height));
}

/** Skips extensions up to the first frame. */
function readFrame(reader: Reader, globalPalette: Uint8Array | null): Frame {
  let background = 0;
  for (;;) {
    const mark = reader.byte();
    if (mark === 0x3b) throw new Error("it holds no image");
    if (mark === 0x21) {
      const isControl = reader.byte() === 0xf9;
      const [control] = [...reader.blocks()];
      if (isControl && control && control[0]! & 1) background = control[3] ?? 0;
    }
    if (mark !== 0x2c) continue;
    const [left, top, width, height] = [reader.word(), reader.word(), reader.word(), reader.word()];
    const flags = reader.byte();
    const local = flags & 0x80 ? reader.slice(3 << (flags & 7) + 1) : null;
    const palette = [local, globalPalette].find((colors) => colors && !isGray(colors)) ?? null;
    const interlaced = (flags & 0x40) !== 0;
    return { left, top, width, height, interlaced, palette, background };
  }
}

/** Whether a palette gives each index its gray: Pillow takes it for none. */
function isGray(palette: Uint8Array): boolean {
  return palette.every((value, i) => value === Math.floor(i / 3));
}

/** Unpacks the indices of a frame and puts them into their place on the canvas. */
function readIndices(
  reader: Reader,
  frame: Frame,
  canvas: { indices: Uint8Array; stride: number },
): void {
  const { left, top, width, height } = frame;
  const rows = frame.interlaced
    ? interlacedRows(height)
    : Array.from({ length: height }, (_, y) => y);
  const bits = reader.byte();
  const pixels = unpackLzw(reader.blocks(), { bits, count: width * height });
  for (const [i, y] of rows.entries()) {
    const row = pixels.subarray(i * width, (i + 1) * width);
    canvas.indices.set(row, (top + y) * canvas.stride + left);
  }
}

/** The rows of an interlaced image in the order in which they are stored. */
function interlacedRows(height: number): number[] {
  const rows: number[] = [];
  for (const [first, step] of passes) for (let y = first; y < height; y += step) rows.push(y);
  return rows;
}

/** Indices become colors; those beyond the palette are black. */
function colored(indices: Uint8Array, palette: Uint8Array | null, image: Image): Image {
  const colors = new Uint8Array(3 * 256);
  if (palette) colors.set(palette);
  else for (let i = 0; i < colors.length; i++) colors[i] = Math.floor(i / 3);
  const { data } = image;
  for (let i = 0; i < indices.length; i++) {
    const color = 3 * indices[i]!;
    data[3 * i] = colors[color]!;
    data[3 * i + 1] = colors[color + 1]!;
    data[3 * i + 2] = colors[color + 2]!;
  }
  return image;
}
