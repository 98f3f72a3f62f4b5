import { displayed } from "./displayed.ts";
import { type PictureRow, pictureSheet, type Placed } from "./picture_sheet.ts";
import { dataUri } from "./pixels.ts";
import type { Figure } from "./specification.ts";
import { ink, layout, right, wrong } from "./theme.ts";

/** Options of {@linkcode pictureGrid}. */
export type PictureGridOptions = {
  title: string;
  /** The longer side of a picture in pixels. */
  cell?: number;
  /** The titles of the columns. */
  head?: readonly string[];
  /** The meaning of the frames around pictures. */
  marks?: Record<"right" | "wrong", string>;
};

/** The height of the title in pixels. */
const top = 44;

/**
 * Pictures in rows, each row with its label. All of them are one PNG in the figure, each resized to
 * fit its cell.
 *
 * @throws {RangeError} If there is no picture.
 */
export function pictureGrid(
  rows: readonly PictureRow[],
  { title, cell = 72, head = [], marks = { right: "right", wrong: "wrong" } }: PictureGridOptions,
): Figure {
  const { pixels, placed, middles, across } = pictureSheet(rows, cell);
  if (placed.length === 0) throw new RangeError(`Cannot draw "${title}": 0 pictures given`);
  const { width, height } = pixels;
  const marked = placed.some(({ picture }) => picture.mark);
  const margin = 16 + 7.4 * Math.max(0, ...rows.map(({ label }) => lengthOf(label)));
  const total = Math.ceil(Math.max(width + margin + 12, 40 + 9.5 * title.length));
  const header = top + (head.length > 0 ? 18 : 0);
  return displayed({
    data: [spots(placed), ...legend(placed, marks)],
    layout: layout(title, {
      width: total,
      height: height + header + (marked ? 30 : 6),
      margin: { l: margin, r: total - margin - width, t: header, b: marked ? 30 : 6 },
      xaxis: { visible: false, range: [0, width], fixedrange: true },
      yaxis: { visible: false, range: [height, 0], fixedrange: true },
      images: [{
        source: dataUri(pixels),
        ...{ xref: "x", yref: "y", x: 0, y: 0, sizex: width, sizey: height },
        sizing: "stretch",
        layer: "above",
      }],
      shapes: placed.flatMap(frame),
      annotations: [
        ...rows.map(({ label }, y) => ({
          ...text(label),
          ...{ xref: "paper", x: 0, xshift: -8, xanchor: "right", align: "right" },
          y: middles[y],
        })),
        ...head.map((title, x) => ({
          ...text(title),
          ...{ yref: "paper", y: 1, yanchor: "bottom", x: x * across + across / 2 },
        })),
        ...placed.filter(({ picture }) => picture.caption).map((
          { picture, image, place: [x, y] },
        ) => ({
          ...text(picture.caption!, 10.5),
          ...{ x: x + image.width / 2, y: y + image.height + 3, yanchor: "top" },
        })),
      ],
      legend: { orientation: "h", x: 0, y: 0, yanchor: "top" },
      hovermode: "closest",
      dragmode: false,
    }),
  });
}

const lengthOf = (label: string) => Math.max(...label.split("<br>").map((part) => part.length));

/** Invisible points over the pictures, whose hints appear on hovering. */
function spots(placed: readonly Placed[]) {
  return {
    type: "scatter",
    mode: "markers",
    name: placed.length === 1 ? "1 picture" : `${placed.length} pictures`,
    showlegend: false,
    x: placed.map(({ image, place }) => place[0] + image.width / 2),
    y: placed.map(({ image, place }) => place[1] + image.height / 2),
    marker: { size: 40, opacity: 0 },
    text: placed.map(({ picture }) => picture.hint ?? picture.caption ?? ""),
    hoverinfo: placed.some(({ picture }) => picture.hint ?? picture.caption) ? "text" : "skip",
  };
}

/** A frame around a picture that is right or wrong: dashed if wrong, for color-blind readers. */
function frame({ picture: { mark }, image, place: [x, y] }: Placed) {
  if (!mark) return [];
  const line = mark === "right"
    ? { color: right, width: 2.5 }
    : { color: wrong, width: 1.5, dash: "dash" };
  const corners = { x0: x - 2, x1: x + image.width + 2, y0: y - 2, y1: y + image.height + 2 };
  return [{ type: "rect", layer: "above", ...corners, line }];
}

/** The legend of the frames. */
function legend(placed: readonly Placed[], names: Record<"right" | "wrong", string>) {
  return (["right", "wrong"] as const).filter((mark) =>
    placed.some(({ picture }) => picture.mark === mark)
  ).map((mark) => ({
    type: "scatter",
    mode: "lines",
    name: names[mark],
    x: [null],
    y: [null],
    line: {
      color: mark === "right" ? right : wrong,
      width: 2.5,
      dash: mark === "right" ? "solid" : "dash",
    },
  }));
}

/** An annotation of a few words, without an arrow. */
function text(words: string, size = 12) {
  return { text: words, showarrow: false, font: { size, color: ink } };
}
