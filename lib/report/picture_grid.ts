import { type Image, resize } from "../images/mod.ts";
import { dataUri, put, transparent } from "./pixels.ts";
import type { Figure } from "./specification.ts";
import { ink, layout, right, wrong } from "./theme.ts";

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

/** Options of {@linkcode pictureGrid}. */
export type PictureGridOptions = {
  title: string;
  /** Greatest side of a picture in pixels. */
  cell?: number;
  /** Words above the columns. */
  head?: readonly string[];
};

/** Pixels between pictures, beneath one with a caption, and above the first row. */
const [gap, line, top] = [8, 15, 44];

/**
 * Pictures in rows, each row with its label. All of them are one small PNG in the figure; larger ones are shrunk to their cell.
 *
 * @throws {RangeError} If there is no picture.
 */
export function pictureGrid(
  rows: readonly PictureRow[],
  { title, cell = 72, head = [] }: PictureGridOptions,
): Figure {
  const all = rows.map(({ pictures }) => pictures.map(shown));
  const columns = Math.max(0, ...all.map((row) => row.length));
  if (columns === 0) throw new RangeError(`Cannot draw "${title}": 0 pictures given`);
  const fitted = all.map((row) => row.map(({ image, scale = 1 }) => fit(image, cell * scale)));
  const tallest = fitted.map((row) => Math.max(0, ...row.map(({ height }) => height)));
  const starts = [0];
  all.forEach((row, y) => {
    const captioned = row.some(({ caption }) => caption);
    starts.push(starts[y] + tallest[y] + gap + (captioned ? line : 0));
  });
  const across = cell + gap;
  const [width, height] = [columns * across, starts.at(-1)!];
  const sheet = transparent(width, height);
  const placed = all.flatMap((row, y) =>
    row.map((picture, x): Placed => {
      const place = [x * across + gap / 2, starts[y] + gap / 2] as const;
      put(sheet, fitted[y][x], place);
      return { picture, image: fitted[y][x], place };
    })
  );
  const margin = 16 + 7.4 * Math.max(0, ...rows.map(({ label }) => lengthOf(label)));
  const header = top + (head.length > 0 ? 18 : 0);
  return {
    data: [spots(placed, title), ...legend(placed)],
    layout: layout(title, {
      width: Math.ceil(Math.max(width + margin + 12, 40 + 9.5 * title.length)),
      height: height + header + 6 + (placed.some(({ picture }) => picture.mark) ? 24 : 0),
      margin: {
        l: margin,
        r: 12,
        t: header,
        b: placed.some(({ picture }) => picture.mark) ? 30 : 6,
      },
      xaxis: { visible: false, range: [0, width], fixedrange: true },
      yaxis: { visible: false, range: [height, 0], fixedrange: true },
      images: [{
        source: dataUri(sheet),
        ...{ xref: "x", yref: "y", x: 0, y: 0, sizex: width, sizey: height },
        sizing: "stretch",
        layer: "above",
      }],
      shapes: placed.flatMap(frame),
      annotations: [
        ...rows.map(({ label }, y) => ({
          ...words(label),
          ...{ xref: "paper", x: 0, xshift: -8, xanchor: "right", align: "right" },
          y: starts[y] + gap / 2 + tallest[y] / 2,
        })),
        ...head.map((text, x) => ({
          ...words(text),
          ...{ yref: "paper", y: 1, yanchor: "bottom", x: x * across + across / 2 },
        })),
        ...placed.filter(({ picture }) => picture.caption).map((
          { picture, image, place: [x, y] },
        ) => ({
          ...words(picture.caption!, 10.5),
          ...{ x: x + image.width / 2, y: y + image.height + line / 2 + 2 },
        })),
      ],
      legend: { orientation: "h", x: 0, y: 0, yanchor: "top" },
      hovermode: "closest",
      dragmode: false,
    }),
  };
}

type Placed = { picture: Shown; image: Image; place: readonly [number, number] };

const shown = (picture: Image | Shown): Shown => "image" in picture ? picture : { image: picture };

const lengthOf = (label: string) => Math.max(...label.split("<br>").map((part) => part.length));

/** The image in a square of some side, its proportions kept. */
function fit(image: Image, side: number): Image {
  const share = Math.round(side) / Math.max(image.width, image.height);
  const size = (length: number) => Math.max(1, Math.round(length * share));
  return resize(image, { width: size(image.width), height: size(image.height) });
}

/** What tells of the pictures to who points at them. */
function spots(placed: readonly Placed[], name: string) {
  return {
    type: "scatter",
    mode: "markers",
    name,
    showlegend: false,
    x: placed.map(({ image, place }) => place[0] + image.width / 2),
    y: placed.map(({ image, place }) => place[1] + image.height / 2),
    marker: { size: 40, opacity: 0 },
    text: placed.map(({ picture }) => picture.hint ?? picture.caption ?? ""),
    hoverinfo: placed.some(({ picture }) => picture.hint ?? picture.caption) ? "text" : "skip",
  };
}

/** A frame around a picture that is right or wrong; the wrong one is dashed, for who does not see the colours. */
function frame({ picture: { mark }, image, place: [x, y] }: Placed) {
  if (!mark) return [];
  const line = mark === "right"
    ? { color: right, width: 2.5 }
    : { color: wrong, width: 1.5, dash: "dash" };
  const corners = { x0: x - 2, x1: x + image.width + 2, y0: y - 2, y1: y + image.height + 2 };
  return [{ type: "rect", layer: "above", ...corners, line }];
}

/** What the frames mean. */
function legend(placed: readonly Placed[]) {
  const kinds = { right: "same class (✓)", wrong: "another class (✗)" } as const;
  return (["right", "wrong"] as const).filter((mark) =>
    placed.some(({ picture }) => picture.mark === mark)
  ).map((mark) => ({
    type: "scatter",
    mode: "lines",
    name: kinds[mark],
    x: [null],
    y: [null],
    line: {
      color: mark === "right" ? right : wrong,
      width: 2.5,
      dash: mark === "right" ? "solid" : "dot",
    },
  }));
}

/** An annotation of a few words, without an arrow. */
function words(text: string, size = 12) {
  return { text, showarrow: false, font: { size, color: ink } };
}
