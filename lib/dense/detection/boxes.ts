/** Boxes `left, top, right, bottom` in pixels, one behind the other: `[boxes, 4]`. */
export type Boxes = Float32Array;

/** The corners of a box. */
export type Corners = [left: number, top: number, right: number, bottom: number];

/** How many boxes there are. */
export function boxCount(boxes: Boxes): number {
  return boxes.length / 4;
}

/** The corners of the box of a number. */
export function cornersOf(boxes: Boxes, box: number): Corners {
  const at = 4 * box;
  return [boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!];
}

/** Rows of a table `[rows, width]` by their numbers; those of boxes are 4 wide. */
export function selectRows(
  rows: Float32Array,
  indices: ArrayLike<number>,
  width = 4,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const start = indices[i]! * width;
    result.set(rows.subarray(start, start + width), i * width);
  }
  return result;
}

/** Boxes of several sets, one set behind the other. */
export function joinBoxes(...sets: Boxes[]): Boxes {
  const result = new Float32Array(sets.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const boxes of sets) {
    result.set(boxes, at);
    at += boxes.length;
  }
  return result;
}
