/** A rectangle of an image, whose ends lie behind its last pixels. */
export type Window = { top: number; left: number; bottom: number; right: number };

/** Height and width. */
type Size = { width: number; height: number };

/** How a window slides over an image. */
export type SlidingOptions = {
  /** Height and width of the window. */
  crop: number;
  /** Pixels from one window to the next; the last ones of an axis end with the image. */
  stride: number;
};

/**
 * The windows that cover an image, row by row, as mmsegmentation's `slide_inference`: those at its
 * right and lower edge are moved back into it. An image smaller than a window has a smaller one.
 */
export function windowsOf({ width, height }: Size, { crop, stride }: SlidingOptions): Window[] {
  return spans(height, crop, stride).flatMap(([top, bottom]) =>
    spans(width, crop, stride).map(([left, right]) => ({ top, left, bottom, right }))
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
