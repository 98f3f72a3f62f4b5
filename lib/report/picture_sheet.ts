import { type Image, resize } from "../images/mod.ts";
import { type Pixels, put, transparent } from "./pixels.ts";

/** A picture with what is said of it. */
export type Shown = {
  image: Image;
  /** A few words beneath it. */
  caption?: string;
  /** More words, for who points at it. */
  hint?: string;
  /** A frame: whether it is what it should be. */
  mark?: "right" | "wrong";
  /** Its side as a share of the cell's. */
  scale?: number;
};

/** Pictures side by side, and what they have in common. */
export type PictureRow = { label: string; pictures: readonly (Image | Shown)[] };

/** A picture as it stands on a sheet: its corner in pixels from the left and from the top. */
export type Placed = { picture: Shown; image: Image; place: readonly [number, number] };

/** Pictures in rows on one transparent sheet. */
export type Sheet = {
  pixels: Pixels;
  placed: Placed[];
  /** Where the middle of the pictures of each row is, from the top. */
  middles: number[];
  /** The width of a column. */
  across: number;
};

/** Pixels between pictures, and for a line of words beneath one. */
export const [gap, line] = [8, 14];

/** Puts pictures into cells of some pixels a side, row by row; a row is as high as its tallest picture and its captions. */
export function pictureSheet(rows: readonly PictureRow[], cell: number): Sheet {
  const all = rows.map(({ pictures }) => pictures.map(shown));
  const fitted = all.map((row) => row.map(({ image, scale = 1 }) => fit(image, cell * scale)));
  const tallest = fitted.map((row) => Math.max(0, ...row.map(({ height }) => height)));
  const starts = [0];
  all.forEach((row, y) => {
    starts.push(starts[y] + tallest[y] + gap + line * Math.max(0, ...row.map(captionLines)));
  });
  const across = cell + gap;
  const columns = Math.max(0, ...all.map((row) => row.length));
  const pixels = transparent(columns * across, starts.at(-1)!);
  const placed = all.flatMap((row, y) =>
    row.map((picture, x): Placed => {
      const place = [x * across + gap / 2, starts[y] + gap / 2] as const;
      put(pixels, fitted[y][x], place);
      return { picture, image: fitted[y][x], place };
    })
  );
  const middles = tallest.map((height, y) => starts[y] + gap / 2 + height / 2);
  return { pixels, placed, middles, across };
}

const shown = (picture: Image | Shown): Shown => "image" in picture ? picture : { image: picture };

const captionLines = ({ caption }: Shown) => caption ? caption.split("<br>").length : 0;

/** The image in a square of some side, its proportions kept. */
function fit(image: Image, side: number): Image {
  const share = Math.round(side) / Math.max(image.width, image.height);
  const size = (length: number) => Math.max(1, Math.round(length * share));
  return resize(image, { width: size(image.width), height: size(image.height) });
}
