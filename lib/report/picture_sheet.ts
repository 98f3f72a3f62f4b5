import { type Image, resize } from "../images/mod.ts";
import { type Pixels, put, transparent } from "./pixels.ts";

/** A picture with its captions and marks. */
export type Shown = {
  image: Image;
  /** A short text beneath it. */
  caption?: string;
  /** A longer text, which appears on hovering. */
  hint?: string;
  /** Whether it is framed as right or as wrong. */
  mark?: "right" | "wrong";
  /** Its side as a share of the side of the cell. */
  scale?: number;
};

/** Pictures side by side, and a label for the row. */
export type PictureRow = { label: string; pictures: readonly (Image | Shown)[] };

/** A picture on a sheet: resized, and its corner in pixels from the left and from the top. */
export type Placed = { picture: Shown; image: Image; place: readonly [number, number] };

/** Pictures in rows on one transparent sheet. */
export type Sheet = {
  pixels: Pixels;
  placed: Placed[];
  /** The middle of the pictures of each row, in pixels from the top. */
  middles: number[];
  /** The width of a column in pixels. */
  across: number;
};

/** Pixels between pictures, and for a line of text beneath one. */
export const [gap, line] = [8, 14];

/**
 * Puts pictures into square cells, row by row; a row is as high as its tallest picture and its
 * captions.
 *
 * @param cell The side of a cell in pixels.
 */
export function pictureSheet(rows: readonly PictureRow[], cell: number): Sheet {
  const across = cell + gap;
  const placed: Placed[] = [];
  const middles: number[] = [];
  let top = gap / 2;
  for (const row of rows) {
    const pictures = row.pictures.map(shown);
    const images = pictures.map(({ image, scale = 1 }) => fit(image, cell * scale));
    const tallest = Math.max(0, ...images.map(({ height }) => height));
    for (const [x, image] of images.entries()) {
      placed.push({ picture: pictures[x]!, image, place: [x * across + gap / 2, top] });
    }
    middles.push(top + tallest / 2);
    top += tallest + gap + line * Math.max(0, ...pictures.map(captionLines));
  }
  const columns = Math.max(0, ...rows.map(({ pictures }) => pictures.length));
  const pixels = transparent(columns * across, top - gap / 2);
  for (const { image, place } of placed) put(pixels, image, place);
  return { pixels, placed, middles, across };
}

const shown = (picture: Image | Shown): Shown => "image" in picture ? picture : { image: picture };

const captionLines = ({ caption }: Shown) => caption ? caption.split("<br>").length : 0;

/** The image, resized to fit a square of a side in pixels, in its own proportions. */
function fit(image: Image, side: number): Image {
  const share = Math.round(side) / Math.max(image.width, image.height);
  const size = (length: number) => Math.max(1, Math.round(length * share));
  return resize(image, { width: size(image.width), height: size(image.height) });
}
