import type { Mask } from "../../images/mod.ts";

/** A binary mask by run lengths down its columns, pixels outside first (COCO's format). */
export type Rle = {
  width: number;
  height: number;
  counts: number[];
};

/** `[left, top, width, height]` in pixels. */
export type Box = [left: number, top: number, width: number, height: number];

/** The runs of a binary mask. */
export function encodeRle({ width, height, data }: Mask): Rle {
  const counts: number[] = [];
  let [inside, run] = [false, 0];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if ((data[y * width + x] !== 0) !== inside) {
        counts.push(run);
        [inside, run] = [!inside, 0];
      }
      run++;
    }
  }
  counts.push(run);
  return { width, height, counts };
}

/** The binary mask of runs. */
export function decodeRle({ width, height, counts }: Rle): Mask {
  const data = new Uint8Array(width * height);
  let i = 0;
  for (const [n, count] of counts.entries()) {
    for (const end = i + count; i < end; i++) {
      if (n % 2) data[(i % height) * width + Math.floor(i / height)] = 1;
    }
  }
  return { width, height, data };
}

/**
 * Runs as COCO's compressed text: each, less the one before the last from the fourth on, in groups
 * of five bits, the lowest first.
 */
export function rleToText({ counts }: Rle): string {
  return counts.map((count, i) => {
    let rest = i > 2 ? count - counts[i - 2]! : count;
    let text = "";
    for (let more = true; more;) {
      const group = rest & 31;
      rest >>= 5;
      more = group & 16 ? rest !== -1 : rest !== 0;
      text += String.fromCharCode(48 + (more ? group | 32 : group));
    }
    return text;
  }).join("");
}

/**
 * The runs in COCO's compressed text.
 *
 * @throws {SyntaxError} If they do not fill the picture.
 */
export function rleFromText(text: string, { width, height }: Omit<Rle, "counts">): Rle {
  const counts: number[] = [];
  let [value, shift] = [0, 0];
  for (const letter of text) {
    const group = letter.charCodeAt(0) - 48;
    value |= (group & 31) << shift;
    shift += 5;
    if (group & 32) continue;
    if (group & 16) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + counts[counts.length - 2]! : value);
    [value, shift] = [0, 0];
  }
  const pixels = counts.reduce((sum, count) => sum + count, 0);
  if (pixels !== width * height || counts.some((count) => count < 0)) {
    throw new SyntaxError(
      `Cannot read a mask: its runs cover ${pixels} of ${width * height} pixels`,
    );
  }
  return { width, height, counts };
}

/** The number of pixels inside. */
export function rleArea({ counts }: Rle): number {
  return counts.reduce((sum, count, i) => i % 2 ? sum + count : sum, 0);
}

/** The smallest box around the pixels inside. */
export function rleBox({ width, height, counts }: Rle): Box {
  let [left, top, right, bottom] = [width, height, -1, -1];
  let end = 0;
  for (const [i, count] of counts.entries()) {
    const start = end;
    end += count;
    if (i % 2 === 0 || count === 0) continue;
    const [first, last] = [start, end - 1];
    const columns = [first, last].map((pixel) => Math.floor(pixel / height));
    // A run that enters the next column covers a bottom and a top edge.
    const rows = columns[0] === columns[1] ? [first % height, last % height] : [0, height - 1];
    [left, right] = [Math.min(left, columns[0]!), Math.max(right, columns[1]!)];
    [top, bottom] = [Math.min(top, rows[0]!), Math.max(bottom, rows[1]!)];
  }
  return right < 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1];
}

/** The pixels that are inside all masks, or inside any, of one size. */
export function mergeRle(masks: Rle[], kind: "all" | "any"): Rle {
  const [first] = masks;
  if (!first) throw new RangeError("Cannot merge 0 masks");
  const data = decodeRle(first).data;
  for (const mask of masks.slice(1)) {
    const other = decodeRle(mask).data;
    for (const [i, value] of data.entries()) {
      data[i] = kind === "all" ? value & other[i]! : value | other[i]!;
    }
  }
  return encodeRle({ width: first.width, height: first.height, data });
}

/** The number of pixels that are inside both of two masks of one size. */
export function rleOverlap(a: Rle, b: Rle): number {
  let [i, j, left, right] = [0, 0, a.counts[0] ?? 0, b.counts[0] ?? 0];
  let overlap = 0;
  while (i < a.counts.length && j < b.counts.length) {
    const step = Math.min(left, right);
    if (i % 2 && j % 2) overlap += step;
    left -= step;
    right -= step;
    if (left === 0) left = a.counts[++i] ?? 0;
    if (right === 0) right = b.counts[++j] ?? 0;
  }
  return overlap;
}
