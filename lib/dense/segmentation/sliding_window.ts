/** A rectangle of an image, whose ends lie behind its last pixels. */
export type Window = { top: number; left: number; bottom: number; right: number };

/** Height and width. */
type Size = { width: number; height: number };

/** A number for both axes, or one for each. */
export type BothAxes = number | readonly [vertical: number, horizontal: number];

/** How a window slides over an image. */
export type SlidingOptions = {
  /** Height and width of the window. */
  crop: BothAxes;
  /** Pixels from one window to the next; the last ones of an axis end with the image. */
  stride: BothAxes;
};

/**
 * The windows that cover an image, row by row, as mmsegmentation's `slide_inference`: those at its
 * right and lower edge are moved back into it. An image smaller than a window has a smaller one.
 */
export function windowsOf({ width, height }: Size, { crop, stride }: SlidingOptions): Window[] {
  const [crops, strides] = [crop, stride].map((both) => [both].flat()) as [number[], number[]];
  const rows = spans(height, crops[0]!, strides[0]!);
  const columns = spans(width, crops.at(-1)!, strides.at(-1)!);
  return rows.flatMap(([top, bottom]) =>
    columns.map(([left, right]) => ({ top, left, bottom, right }))
  );
}

function spans(side: number, crop: number, stride: number): [start: number, end: number][] {
  const count = Math.ceil(Math.max(0, side - crop) / stride) + 1;
  return Array.from({ length: count }, (_, i) => {
    const end = Math.min(i * stride + crop, side);
    return [Math.max(0, end - crop), end];
  });
}

/** How many of the windows cover each pixel, row by row. */
export function windowCounts({ width, height }: Size, windows: readonly Window[]): Int32Array {
  const counts = new Int32Array(width * height);
  for (const { top, left, bottom, right } of windows) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) counts[y * width + x]!++;
    }
  }
  return counts;
}
