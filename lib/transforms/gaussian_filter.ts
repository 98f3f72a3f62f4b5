import type { FloatImage } from "./float_image.ts";

/** Options of {@linkcode gaussianFilter}. */
export type GaussianFilterOptions = {
  /** Standard deviation in pixels. */
  sigma: number;
  /** Pixels to each side that contribute. */
  radius: number;
  /** What lies outside the image: zeros, or the image mirrored at its outermost pixels. */
  border: "zeros" | "reflect";
};

/**
 * Blurs an image in place with a truncated Gaussian, along rows and columns.
 *
 * Source: `gaussian_blur` of SimCLR's tf2/data_util.py and BYOL's utils/augmentations.py, with
 * zeros; `GaussianBlur` of InfoMin's datasets/util.py, mirrored.
 */
export function gaussianFilter(image: FloatImage, options: GaussianFilterOptions): void {
  const { width, height } = image;
  const weights = gaussian(options);
  const { border } = options;
  for (let y = 0; y < height; y++) {
    filterLine(image.data, { start: 3 * width * y, step: 3, length: width }, { weights, border });
  }
  for (let x = 0; x < width; x++) {
    filterLine(image.data, { start: 3 * x, step: 3 * width, length: height }, { weights, border });
  }
}

function gaussian({ sigma, radius }: GaussianFilterOptions): number[] {
  const weights = Array.from(
    { length: 2 * radius + 1 },
    (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((sum, weight) => sum + weight);
  return weights.map((weight) => weight / sum);
}

/** A row or column: the index of its first pixel, the distance to the next, and their number. */
type Line = { start: number; step: number; length: number };

function filterLine(
  data: Float32Array,
  { start, step, length }: Line,
  { weights, border }: { weights: number[]; border: GaussianFilterOptions["border"] },
): void {
  const radius = (weights.length - 1) / 2;
  for (let channel = 0; channel < 3; channel++) {
    const first = start + channel;
    const values = Float32Array.from({ length }, (_, i) => data[first + i * step]!);
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        const place = i + k - radius;
        const inside = border === "reflect" ? mirror(place, length) : place;
        if (inside >= 0 && inside < length) sum += weights[k]! * values[inside]!;
      }
      data[first + i * step] = sum;
    }
  }
}

/** The index inside the image that mirrors one outside; the outermost pixel is not repeated. */
function mirror(place: number, length: number): number {
  const far = length - 1 - Math.abs(length - 1 - Math.abs(place));
  return Math.max(0, far);
}
