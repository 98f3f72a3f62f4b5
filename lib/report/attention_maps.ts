import type { Image } from "../images/mod.ts";
import { pictureGrid } from "./picture_grid.ts";
import type { Shown } from "./picture_sheet.ts";
import type { Figure } from "./specification.ts";

/** An image and how much its class token attends to each patch: `attention[head][row][column]`. */
export type Attended = { image: Image; attention: readonly (readonly (readonly number[])[])[] };

/** Viridis at equal steps, as Plotly has it. */
const scale = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];

/** The share of the map's colour in a picture; the rest is the image in gray. */
const share = 0.65;

/**
 * Where the class token of the last layer looks, head by head and in the mean, laid over the image. Every map is bright where
 * its own largest value is.
 *
 * @throws {RangeError} If there is nothing to draw.
 */
export function attentionMaps(
  samples: readonly Attended[],
  { title = "Where the class token looks in the last layer (1: the map's most)" }: {
    title?: string;
  } = {},
): Figure {
  const heads = samples[0]?.attention.length ?? 0;
  const rows = samples.map(({ image, attention }) => ({
    label: "",
    pictures: [image, ...[...attention, mean(attention)].map((map): Shown => overlay(image, map))],
  }));
  const names = Array.from({ length: heads }, (_, i) => `head ${i + 1}`);
  const { data, layout } = pictureGrid(rows, {
    title,
    cell: 88,
    head: ["image", ...names, "mean"],
  });
  // Room for the scale, beside the pictures.
  const { width, margin } = layout as { width: number; margin: Record<string, number> };
  const wider = { width: width + 52, margin: { ...margin, r: margin.r + 52 } };
  return { data: [...data, colorbar()], layout: { ...layout, ...wider } };
}

/** A map over an image in gray. */
function overlay(image: Image, map: readonly (readonly number[])[]): Shown {
  const { width, height } = image;
  const [rows, columns] = [map.length, map[0].length];
  const largest = Math.max(...map.flat());
  const data = new Uint8Array(image.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = map[Math.floor(y * rows / height)][Math.floor(x * columns / width)];
      const at = 3 * (y * width + x);
      const gray = 0.299 * image.data[at] + 0.587 * image.data[at + 1] + 0.114 * image.data[at + 2];
      const [r, g, b] = colour(value / largest);
      data.set([r, g, b].map((c) => Math.round(share * c + (1 - share) * gray)), at);
    }
  }
  return {
    image: { width, height, data },
    hint: `largest: ${(100 * largest).toFixed(1)} % of the attention`,
  };
}

/** The mean over heads. */
function mean(maps: Attended["attention"]): number[][] {
  return maps[0].map((row, y) =>
    row.map((_, x) => maps.reduce((sum, map) => sum + map[y][x], 0) / maps.length)
  );
}

/** The colour of a value from 0 to 1. */
function colour(value: number): number[] {
  const place = Math.min(1, Math.max(0, value)) * (scale.length - 1);
  const i = Math.min(scale.length - 2, Math.floor(place));
  return scale[i].map((from, channel) => from + (scale[i + 1][channel] - from) * (place - i));
}

/** What the colours mean: a trace without points. */
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
