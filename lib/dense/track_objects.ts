import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import { type Image, type Mask, resizeMask } from "../images/mod.ts";
import type { Encoder } from "../models/mod.ts";
import { dispose } from "../tree/mod.ts";
import { firstLabels, frameTensor } from "./frame.ts";
import { type Grid, neighborhood } from "./neighborhood.ts";
import { paintLabels } from "./paint_labels.ts";
import { type Context, propagate } from "./propagate.ts";

/** An encoder that tells features of places. */
export type PlaceEncoder = Pick<Encoder, "multiple"> & {
  patches: NonNullable<Encoder["patches"]>;
};

/** Settings of {@linkcode trackObjects}; the defaults are those of the reference. */
export type TrackOptions = {
  /** Frames before the present one that tell it its labels, besides the first. */
  lastFrames?: number;
  /** Places from which a place takes its label. */
  topk?: number;
  /** Rows and columns within which they must lie; 0 for any. */
  reach?: number;
  temperature?: number;
  /** Pixels of the short side of a frame as the network sees it. */
  size?: number;
};

/** All settings, those that are left open as in the reference. */
export function trackSettings(
  { lastFrames = 7, topk = 5, reach = 12, temperature = 0.1, size = 480 }: TrackOptions,
): Required<TrackOptions> {
  return { lastFrames, topk, reach, temperature, size };
}

/** A frame in which the objects were found again. */
export type TrackedFrame = {
  /** Its index, from 1: the masks of frame 0 were given. */
  frame: number;
  /** The label of each pixel, at the frame's own size. */
  mask: Mask;
  /** How much of each label is in each place, `[places, labels]`; lives until the next frame. */
  labels: tf.Tensor2D;
};

/** What is remembered of a frame: features `[places, channels]` and labels `[places, labels]`. */
type Memory = { features: tf.Tensor2D; labels: tf.Tensor2D };

/**
 * Follows objects through the frames of a video, without any training: a place has the labels of
 * the most similar places of the first frame and of the last ones (Jabri et al., 2020; DINO's and
 * Mugs' `eval_video.py`).
 *
 * @param first The labels of the first frame's pixels, 0 for the background.
 * @throws {RangeError} If the frames differ in size, or no object is marked in the first one.
 */
export async function* trackObjects(
  frames: Iterable<Image | Promise<Image>> | AsyncIterable<Image>,
  first: Mask,
  { encoder, ...options }: { encoder: PlaceEncoder } & TrackOptions,
): AsyncGenerator<TrackedFrame, void, void> {
  const { lastFrames, topk, reach, temperature, size } = trackSettings(options);
  const { multiple } = encoder;
  using step = compile(
    (target: tf.Tensor2D, features: tf.Tensor2D[], labels: tf.Tensor2D[], near: tf.Tensor2D[]) => {
      const context: Context = {
        features: tf.stack(features) as tf.Tensor3D,
        labels: tf.stack(labels) as tf.Tensor3D,
      };
      const [within] = near;
      return propagate(target, context, { topk, temperature, neighborhood: within }).labels;
    },
    { name: "propagate" },
  );
  let start: Memory | null = null;
  const last: Memory[] = [];
  const near: tf.Tensor2D[] = [];
  try {
    let frame = 0;
    for await (const image of frames) {
      if (image.width !== first.width || image.height !== first.height) {
        throw new RangeError(
          `Cannot follow objects: frame ${frame} has ${image.width} x ${image.height} pixels, ` +
            `and the mask of the first one ${first.width} x ${first.height}`,
        );
      }
      const { features, grid } = placesOf(image, encoder, size);
      if (!start) {
        start = { features, labels: firstLabels(first, grid) };
        if (reach) near.push(tf.tensor2d(neighborhood(grid, reach), square(grid)));
        frame++;
        continue;
      }
      while (last.length > lastFrames) dispose(last.shift()!);
      const context = [start, ...last];
      const labels = tf.tidy(() =>
        step(
          features,
          context.map((memory) => memory.features),
          context.map((memory) => memory.labels),
          near,
        )
      );
      last.push({ features, labels });
      const mask = await maskOf(labels, { grid, multiple, image });
      yield { frame: frame++, mask, labels };
    }
  } finally {
    dispose([start ?? [], last, near]);
  }
}

const square = ({ rows, columns }: Grid): [number, number] => [rows * columns, rows * columns];

/** The features of a frame's places, `[places, channels]`. */
function placesOf(image: Image, { patches, multiple }: PlaceEncoder, size?: number) {
  const input = frameTensor(image, { size, multiple });
  const features = patches(input);
  const [, rows, columns, channels] = features.shape;
  const flat = features.reshape<tf.Tensor2D>([rows * columns, channels]);
  dispose([input, features]);
  return { features: flat, grid: { rows, columns } };
}

/** The label of each pixel of a frame at its own size. */
async function maskOf(
  labels: tf.Tensor2D,
  { grid, multiple, image }: { grid: Grid; multiple: number; image: Image },
): Promise<Mask> {
  const pixels = tf.tidy(() =>
    paintLabels(labels.reshape([grid.rows, grid.columns, -1]), multiple)
  );
  const [height, width] = pixels.shape;
  const mask = { width, height, data: Uint8Array.from(await pixels.data()) };
  pixels.dispose();
  return resizeMask(mask, image);
}
