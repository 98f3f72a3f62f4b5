import type { Rle } from "./rle.ts";

/** By how much pixels are divided before an outline is drawn. */
const SCALE = 5;

/**
 * The mask of a polygon as pycocotools draws it: its outline is drawn on a grid five times as fine,
 * and where that crosses the middle of a column of pixels, inside and outside change.
 *
 * @param corners x and y of each corner by turns, in pixels.
 */
export function polygonRle(
  corners: readonly number[],
  { width, height }: { width: number; height: number },
): Rle {
  const outline = outlineOf(corners);
  const crossings: number[] = [];
  for (let i = 1; i < outline.length; i++) {
    const [[u0, v0], [u1, v1]] = [outline[i - 1]!, outline[i]!];
    if (u0 === u1) continue;
    const x = ((u1 < u0 ? u1 : u1 - 1) + 0.5) / SCALE - 0.5;
    if (Math.floor(x) !== x || x < 0 || x > width - 1) continue;
    const y = Math.min(Math.max((Math.min(v0, v1) + 0.5) / SCALE - 0.5, 0), height);
    crossings.push(x * height + Math.ceil(y));
  }
  const places = [...crossings, width * height].sort((a, b) => a - b);
  const lengths = places.map((place, i) => place - (places[i - 1] ?? 0));
  return { width, height, counts: joined(lengths) };
}

/** The points of an outline on the fine grid, corner by corner. */
function outlineOf(corners: readonly number[]): [number, number][] {
  const fine = corners.map((value) => Math.trunc(SCALE * value + 0.5));
  const points: [number, number][] = [];
  for (let i = 0; i < fine.length; i += 2) {
    const [x0, y0] = [fine[i]!, fine[i + 1]!];
    const [x1, y1] = [fine[(i + 2) % fine.length]!, fine[(i + 3) % fine.length]!];
    points.push(...line([x0, y0], [x1, y1]));
  }
  return points;
}

/** The points of a line; it is drawn from the smaller end on, whichever it begins with. */
function line([x0, y0]: [number, number], [x1, y1]: [number, number]): [number, number][] {
  const [dx, dy] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
  const flat = dx >= dy;
  const turned = flat ? x0 > x1 : y0 > y1;
  const [[sx, sy], [ex, ey]] = turned ? [[x1, y1], [x0, y0]] : [[x0, y0], [x1, y1]];
  const steps = flat ? dx : dy;
  const slope = steps ? (flat ? ey! - sy! : ex! - sx!) / steps : 0;
  return Array.from({ length: steps + 1 }, (_, d): [number, number] => {
    const t = turned ? steps - d : d;
    return flat
      ? [t + sx!, Math.trunc(sy! + slope * t + 0.5)]
      : [Math.trunc(sx! + slope * t + 0.5), t + sy!];
  });
}

/** Runs without those of length 0 but the first: their neighbors become one. */
function joined([first = 0, ...lengths]: number[]): number[] {
  const counts = [first];
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i]! > 0) counts.push(lengths[i]!);
    else if (++i < lengths.length) counts[counts.length - 1]! += lengths[i]!;
  }
  return counts;
}
