import type { Image } from "../images/mod.ts";

/** Box blurs that stand for one Gaussian. */
const PASSES = 3;

let scratch = [new Uint8Array(0), new Uint8Array(0)];

/**
 * Blurs an image in place with a Gaussian of the given standard deviation (in pixels): three box blurs along the rows, then
 * three along the columns, with Pillow's fixed-point rounding.
 *
 * Source: Pillow's `BoxBlur.c`; Gwosdek et al., "Theoretical foundations of Gaussian convolution by extended box filtering".
 */
export function gaussianBlur({ width, height, data }: Image, radius: number): void {
  const box = boxRadius(radius);
  if (!(box > 0)) return;
  const length = Math.max(width, height);
  if (scratch[0].length < length) scratch = [new Uint8Array(length), new Uint8Array(length)];
  const whole = Math.floor(box);
  const weight = Math.trunc(Math.fround(2 ** 24 / Math.fround(box * 2 + 1)));
  const edge = (2 ** 24 - (whole * 2 + 1) * weight) >>> 1;
  const lines = { whole, weight, edge };
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < 3; c++) {
      blurLine(data, { ...lines, start: y * width * 3 + c, step: 3, count: width });
    }
  }
  for (let x = 0; x < width * 3; x++) {
    blurLine(data, { ...lines, start: x, step: width * 3, count: height });
  }
}

/** The extended box radius (with a fraction) whose three passes have the variance of the Gaussian. */
function boxRadius(radius: number): number {
  const variance = radius * radius / PASSES;
  const whole = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const next = (whole + 1) * (whole + 1);
  const part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance) / (6 * (variance - next));
  return Math.fround(whole + part);
}

type Line = {
  start: number;
  step: number;
  count: number;
  whole: number;
  weight: number;
  edge: number;
};

/** Three passes over one line of bytes; beyond its ends the end bytes go on. */
function blurLine(data: Uint8Array, line: Line): void {
  const { start, step, count } = line;
  let [from, to] = scratch;
  for (let i = 0, at = start; i < count; i++, at += step) from[i] = data[at];
  for (let pass = 0; pass < PASSES; pass++) {
    boxLine(from, to, line);
    [from, to] = [to, from];
  }
  for (let i = 0, at = start; i < count; i++, at += step) data[at] = from[i];
}

function boxLine(from: Uint8Array, to: Uint8Array, { count, whole, weight, edge }: Line): void {
  const last = count - 1;
  // The sum of the bytes within `whole` of the pixel before the first.
  let sum = from[0] * (whole + 1);
  for (let i = 0; i < whole; i++) sum += from[i < last ? i : last];
  for (let x = 0; x < count; x++) {
    const left = from[x > whole ? x - whole - 1 : 0];
    const right = from[x + whole + 1 < last ? x + whole + 1 : last];
    sum += from[x + whole < last ? x + whole : last] - left;
    to[x] = (Math.imul(sum, weight) + Math.imul(left + right, edge) + (1 << 23)) >>> 24;
  }
}
