import type { Image, Mask } from "../images/mod.ts";
import { checkGiven } from "./check_given.ts";
import { displayed } from "./displayed.ts";
import { overlay } from "./overlay.ts";
import { pictureGrid } from "./picture_grid.ts";
import type { Figure } from "./specification.ts";
import { axis, layout, markerSymbols, palette } from "./theme.ts";

/** Which frames are shown. */
export type MarkedFramesOptions = {
  title?: string;
  /** How many frames, evenly spaced, the first and the last among them. */
  count?: number;
};

/**
 * Frames of a video with the objects in them, a row for each way in which they were found.
 *
 * @param rows The labels of the pixels of each frame, by the label of the row.
 * @throws {RangeError} If there is no frame, or a mask differs from its frame in size.
 */
export function markedFrames(
  images: readonly Image[],
  rows: Readonly<Record<string, readonly Mask[]>>,
  { title = "Objects followed through a video", count = 5 }: MarkedFramesOptions = {},
): Figure {
  checkGiven(images, "a video", "frames");
  const indices = evenly(images.length, count);
  const pictures = (label: string, masks: readonly Mask[]) =>
    indices.filter((i) => i < masks.length).map((i) => ({
      image: overlay(images[i]!, masks[i]!),
      hint: `${label}, frame ${i}`,
    }));
  return pictureGrid(
    Object.entries(rows).map(([label, masks]) => ({ label, pictures: pictures(label, masks) })),
    { title, cell: 190, head: indices.map((i) => `frame ${i}`) },
  );
}

/** Up to `count` whole numbers from 0 to `length - 1`, evenly spaced. */
function evenly(length: number, count: number): number[] {
  const steps = Math.max(1, Math.min(count, length) - 1);
  const at = (i: number) => Math.round(i * (length - 1) / steps);
  return Array.from({ length: Math.min(count, length) }, (_, i) => at(i));
}

/** The scores of an object in each frame between the first and the last: shares from 0 to 1. */
export type FrameScores = {
  object: number;
  frames: { J: readonly number[]; F: readonly number[] };
};

/**
 * How well each object is followed, frame after frame: J, the overlap of areas, as a line, and F,
 * the agreement of contours, as dashes in the same color.
 *
 * @throws {RangeError} If there is no object, or no frame.
 */
export function scoresOverTime(
  objects: readonly FrameScores[],
  { title = "Overlap of areas (J) and of contours (F) over time" }: { title?: string } = {},
): Figure {
  checkGiven(objects, "scores over time", "objects");
  checkGiven(objects[0]!.frames.J, "scores over time", "frames");
  const lines = objects.flatMap(({ object, frames }, i) =>
    (["J", "F"] as const).map((score) => ({
      type: "scatter",
      mode: "lines+markers",
      name: `object ${object}, ${score}`,
      // The scores begin with the second frame: the first one was given.
      x: frames[score].map((_, frame) => frame + 1),
      y: frames[score].map((value) => +(100 * value).toFixed(2)),
      line: {
        color: palette[i % palette.length],
        width: 2,
        dash: score === "J" ? "solid" : "dash",
      },
      marker: { symbol: markerSymbols[i % markerSymbols.length], size: 5 },
      hovertemplate: `object ${object}, ${score}: %{y:.1f} %<extra>frame %{x}</extra>`,
    }))
  );
  return displayed({
    data: lines,
    layout: layout(title, {
      xaxis: axis("frame"),
      yaxis: axis("J and F (%)", { range: [0, 104] }),
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      margin: { l: 64, r: 16, t: 52 + 22 * Math.ceil(lines.length / 4), b: 52 },
    }),
  });
}
