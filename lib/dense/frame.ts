import * as tf from "@tensorflow/tfjs";
import { type Image, type Mask, resizeLinear, resizeMask } from "../images/mod.ts";
import { imagenetMean } from "../transforms/mod.ts";
import type { Grid } from "./neighborhood.ts";

/** By what channels are divided; red by 0.228, where ImageNet's deviation is 0.229. */
const deviation = [0.228, 0.224, 0.225] as const;

/** What each byte becomes, by channel. */
const normalized = deviation.map((deviation, channel) =>
  Float32Array.from(
    { length: 256 },
    (_, value) => (value / 255 - imagenetMean[channel]!) / deviation,
  )
);

type Size = { width: number; height: number };

/** How large frames are looked at. */
export type FrameOptions = {
  /** Pixels of the short side. */
  size?: number;
  /** What both sides are multiples of: pixels of a patch. */
  multiple?: number;
};

/**
 * The size at which a frame is looked at: its short side is 480 pixels, and its other side is cut
 * down to a multiple of 64 (`read_frame` of the reference).
 *
 * @throws {RangeError} If the short side is no multiple of a patch.
 */
export function frameSize(
  { width, height }: Size,
  { size = 480, multiple = 16 }: FrameOptions = {},
): Size {
  checkFrameSize(size, multiple);
  const step = 64 % multiple === 0 ? 64 : multiple;
  const long = Math.floor(size * Math.max(width, height) / Math.min(width, height) / step) * step;
  if (long === 0) {
    throw new RangeError(
      `\`size\` ${size} is too small for frames of ${width} x ${height} pixels, whose long side ` +
        `becomes a multiple of ${step}; give ${step} or more`,
    );
  }
  return height > width ? { width: size, height: long } : { width: long, height: size };
}

/**
 * Refuses a short side that no patches fill.
 *
 * @throws {RangeError} If it is no multiple of a patch.
 */
export function checkFrameSize(size: number, multiple: number): void {
  if (size % multiple === 0) return;
  throw new RangeError(
    `\`size\` takes multiples of ${multiple}, the pixels of a patch, not ${size}`,
  );
}

/** A frame as the network takes it, `[1, height, width, 3]`. */
export function frameTensor(frame: Image, options?: FrameOptions): tf.Tensor4D {
  const { width, height } = frameSize(frame, options);
  const { data } = frame.width === width && frame.height === height
    ? frame
    : resizeLinear(frame, width, height);
  const values = new Float32Array(data.length);
  for (const [channel, table] of normalized.entries()) {
    for (let i = channel; i < data.length; i += 3) values[i] = table[data[i]!]!;
  }
  return tf.tensor4d(values, [1, height, width, 3]);
}

/** The label of pixels of no object and of no background. */
const VOID = 255;

/**
 * How much of each label is in each place of the first frame, `[places, labels]`: 0 or 1. An object
 * that is too small for the grid of places keeps its label, which is in no place.
 *
 * @throws {RangeError} If the mask marks no object.
 */
export function firstLabels(mask: Mask, { rows, columns }: Grid): tf.Tensor2D {
  const { data } = resizeMask(mask, { width: columns, height: rows });
  const largest = (values: Uint8Array) => values.reduce((a, b) => Math.max(a, b), 0);
  const objects = mask.data.map((label) => label === VOID ? 0 : label);
  const labels = 1 + Math.max(largest(objects), largest(data));
  if (labels === 1) {
    throw new RangeError("Cannot follow objects: no object is marked in the first frame");
  }
  return tf.tidy(() => tf.oneHot(tf.tensor1d(data, "int32"), labels).toFloat() as tf.Tensor2D);
}
