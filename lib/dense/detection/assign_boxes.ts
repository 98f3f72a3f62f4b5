import { boxOverlaps } from "./box_overlaps.ts";
import { boxCount, type Boxes } from "./boxes.ts";

/** Which boxes are told to find which objects (`MaxIoUAssigner` of mmdetection). */
export type AssignOptions = {
  /** From this overlap on a box is to find the object that it overlaps most. */
  positive: number;
  /** Below this overlap it is background; between the two it is left out. */
  negative: number;
  /**
   * From this overlap on the boxes that overlap an object most are to find it in any case; by
   * default none are.
   */
  lowest?: number;
  /** Regions in which nothing is to be found, as of crowds. */
  ignored?: Boxes;
  /** The share of a box in such a region above which it is left out; by default none are. */
  ignoredShare?: number;
};

/** What each box is told to find. */
export type Assignment = {
  /** The number of an object from 1 on; 0 for background; -1 for a box that is left out. */
  objects: Int32Array<ArrayBuffer>;
  /** The highest overlap of each box; -1 in a region where nothing is to be found. */
  overlaps: Float32Array<ArrayBuffer>;
};

/** Tells boxes which object to find, by how much they overlap. */
export function assignBoxes(boxes: Boxes, objects: Boxes, options: AssignOptions): Assignment {
  const { positive, negative, lowest } = options;
  const count = boxCount(boxes);
  const assigned = new Int32Array(count).fill(-1);
  const highest = new Float32Array(count);
  if (objects.length === 0) return { objects: assigned.fill(0), overlaps: highest };
  const overlaps = boxOverlaps(objects, boxes);
  leaveOutIgnored(overlaps, boxes, options);
  const row = (object: number) => overlaps.subarray(object * count, (object + 1) * count);
  const best = new Int32Array(count);
  highest.set(row(0));
  for (let object = 1; object < boxCount(objects); object++) {
    for (const [box, overlap] of row(object).entries()) {
      if (overlap > highest[box]!) [highest[box], best[box]] = [overlap, object];
    }
  }
  for (const [box, overlap] of highest.entries()) {
    if (overlap >= 0 && overlap < Math.fround(negative)) assigned[box] = 0;
    if (overlap >= Math.fround(positive)) assigned[box] = best[box]! + 1;
  }
  if (lowest === undefined) return { objects: assigned, overlaps: highest };
  for (let object = 0; object < boxCount(objects); object++) {
    const most = row(object).reduce((most, overlap) => Math.max(most, overlap), -1);
    if (most < Math.fround(lowest)) continue;
    for (const [box, overlap] of row(object).entries()) {
      if (overlap === most) assigned[box] = object + 1;
    }
  }
  return { objects: assigned, overlaps: highest };
}

/**
 * The objects themselves before the boxes, each told to find itself, so that there is something to
 * learn from at first.
 */
export function withObjects({ objects, overlaps }: Assignment, count: number): Assignment {
  const numbers = Int32Array.from({ length: count }, (_, object) => object + 1);
  return {
    objects: Int32Array.of(...numbers, ...objects),
    overlaps: Float32Array.of(...numbers.map(() => 1), ...overlaps),
  };
}

/** Overlaps of -1 for boxes that lie in ignored regions. */
function leaveOutIgnored(
  overlaps: Float32Array,
  boxes: Boxes,
  { ignored, ignoredShare = Infinity }: AssignOptions,
): void {
  if (!ignored?.length || ignoredShare === Infinity) return;
  const [count, regions] = [boxCount(boxes), boxCount(ignored)];
  const shares = boxOverlaps(boxes, ignored, "iof");
  for (let box = 0; box < count; box++) {
    const inside = shares.subarray(box * regions, (box + 1) * regions)
      .some((share) => share > Math.fround(ignoredShare));
    if (!inside) continue;
    for (let at = box; at < overlaps.length; at += count) overlaps[at] = -1;
  }
}
