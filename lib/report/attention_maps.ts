import { checkImage, type Image } from "../images/mod.ts";
import { checkEven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { pictureGrid } from "./picture_grid.ts";
import type { Shown } from "./picture_sheet.ts";
import type { Figure } from "./specification.ts";

/** An image and the attention of its class token to each patch: `attention[head][row][column]`. */
export type ImageAttention = {
  image: Image;
  attention: readonly (readonly (readonly number[])[])[];
};

type Rgb = readonly [red: number, green: number, blue: number];

/** The color scale Viridis at equal steps, as in Plotly. */
const scale: readonly Rgb[] = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [
  253,
  231,
  37,
]];

/** The share of the map's color in a picture; the rest is the image in gray. */
const share = 0.65;

/**
 * The attention of the class token in the last layer, head by head and on average, laid over the
 * image. Every map is brightest at its own maximum.
 *
 * @throws {TypeError} If the data of an image are no bytes.
 * @throws {RangeError} If there is nothing to draw, the data of an image do not fit its sides, or the
 * maps of an image have rows of different lengths.
 */
export function attentionMaps(
  samples: readonly ImageAttention[],
  { title = "Attention of the class token in the last layer (1: maximum of a map)" }: {
    title?: string;
  } = {},
): Figure {
  samples.forEach(checkSample);
  const heads = samples[0]?.attention.length ?? 0;
  const rows = samples.map(({ image, attention }) => ({
    label: "",
    pictures: [image, ...[...attention, mean(attention)].map((map) => overlay(image, map))],
  }));
  const names = Array.from({ length: heads }, (_, i) => `head ${i + 1}`);
  const { data, layout } = pictureGrid(rows, {
    title,
    cell: 88,
    head: ["image", ...names, "mean"],
  });
  // Room for the scale, beside the pictures.
  const { width, margin } = layout as { width: number; margin: { r: number } };
  const wider = { width: width + 52, margin: { ...margin, r: margin.r + 52 } };
  return displayed({ data: [...data, colorbar()], layout: { ...layout, ...wider } });
}

type AttentionMap = readonly (readonly number[])[];

function checkSample({ image, attention }: ImageAttention): void {
  checkImage(image, "draw attention over");
  checkEven(attention.flat(), "the attention of a head");
  checkEven(attention.map((map) => map.map(([first]) => first!)), "the heads of an image");
}

/** A map over an image in gray. */
function overlay(image: Image, map: AttentionMap): Shown {
  const { width, height } = image;
  const [rows, columns] = [map.length, map[0]?.length ?? 0];
  const largest = Math.max(...map.flat());
  const data = new Uint8Array(image.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = map[Math.floor(y * rows / height)]![Math.floor(x * columns / width)]!;
      const i = 3 * (y * width + x);
      const [r, g, b] = [image.data[i]!, image.data[i + 1]!, image.data[i + 2]!];
      const gray = 0.299 * r + 0.587 * g + 0.114 * b;
      data.set(color(value / largest).map((c) => Math.round(share * c + (1 - share) * gray)), i);
    }
  }
  return {
    image: { width, height, data },
    hint: `maximum: ${(100 * largest).toFixed(1)} % of the attention`,
  };
}

/** The mean over heads. */
function mean(maps: readonly AttentionMap[]): AttentionMap {
  const [first = []] = maps;
  return first.map((row, y) =>
    row.map((_, x) => maps.reduce((sum, map) => sum + map[y]![x]!, 0) / maps.length)
  );
}

/** The color of a value from 0 to 1. */
function color(value: number): number[] {
  const place = Math.min(1, Math.max(0, value)) * (scale.length - 1);
  const i = Math.min(scale.length - 2, Math.floor(place));
  const [from, to] = [scale[i]!, scale[i + 1]!];
  return from.map((level, channel) => level + (to[channel]! - level) * (place - i));
}

/** The scale of the colors: a trace without points. */
function colorbar() {
  return {
    type: "scatter",
    mode: "markers",
    name: "attention",
    showlegend: false,
    x: [null],
    y: [null],
    marker: {
      color: [0],
      cmin: 0,
      cmax: 1,
      colorscale: scale.map((rgb, i) => [i / (scale.length - 1), `rgb(${rgb.join(",")})`]),
      showscale: true,
      colorbar: {
        thickness: 12,
        outlinewidth: 0,
        tickvals: [0, 0.5, 1],
      },
    },
  };
}
