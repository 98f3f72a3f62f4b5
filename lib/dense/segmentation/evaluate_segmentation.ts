import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, type Precision, tidy } from "../../compile/mod.ts";
import { imageTensor, type LabeledSample, readLabeled } from "../../datasets/mod.ts";
import type { Image, Mask } from "../../images/mod.ts";
import {
  addConfusion,
  type PixelConfusion,
  type SegmentationScore,
  segmentationScore,
} from "../../metrics/mod.ts";
import { resizeMap } from "../../nn/mod.ts";
import { fittingSize, resizeLabeled } from "../../transforms/mod.ts";
import { type Segmenter, segmentPixels } from "./network.ts";
import { blocksOf, type SegmentationSetup } from "./setup.ts";
import { slide } from "./slide.ts";
import { viewPlan } from "./train_segmentation.ts";

/** The logits of every pixel of images, compiled. */
export type CompiledSegmenter = Compiled<[tf.Tensor4D, Segmenter], tf.Tensor4D>;

/** Compiles the scoring pass of a setup; dispose of it at the end. */
export function compileSegmenter(
  setup: SegmentationSetup,
  { precision }: { precision?: Precision } = {},
): CompiledSegmenter {
  const { backbone: { heads }, config: { finalNorm: normed } } = setup;
  const pass = { heads, normed, blocks: blocksOf(setup) };
  return compile(
    (images: tf.Tensor4D, model: Segmenter) => tidy(() => segmentPixels(images, model, pass)),
    { name: "segment", precision },
  );
}

/** What a segmenter's pixels are computed by. */
export type PredictOptions = { setup: SegmentationSetup; segmented: CompiledSegmenter };

/**
 * The class of every pixel of an image. It is resized as in training at scale 1, seen as a whole or
 * by windows, and its logits are interpolated to the pixels of the image as it was.
 */
export async function predictClasses(
  image: Image,
  model: Segmenter,
  { setup, segmented }: PredictOptions,
): Promise<Mask> {
  const { config } = setup;
  const { width, height } = image;
  const size = fittingSize(image, viewPlan(setup).frame);
  const blankMask = { width, height, data: new Uint8Array(width * height) };
  const { image: resized } = resizeLabeled({ image, mask: blankMask }, size);
  const classes = tf.tidy(() => {
    const pixels = imageTensor([resized]);
    const logitsOf = (window: tf.Tensor4D): tf.Tensor4D => segmented(window, model);
    const logits = config.scoring === "whole" ? logitsOf(pixels) : slide(pixels, logitsOf, config);
    return resizeMap(logits, [height, width]).argMax(3);
  });
  const data = Uint8Array.from(await classes.data());
  classes.dispose();
  return { width, height, data };
}

/** Options of {@linkcode evaluateSegmentation}. */
export type EvaluateSegmentationOptions = PredictOptions & {
  /** Learns how many images are done. */
  onImage?: (done: number) => void;
};

/**
 * Scores a segmenter on images with labels, all pixels of all images together.
 *
 * @throws {RangeError} If there are no images, no pixel has a class, or labels do not fit their
 * image.
 */
export async function evaluateSegmentation(
  samples: readonly LabeledSample[],
  model: Segmenter,
  { onImage, ...options }: EvaluateSegmentationOptions,
): Promise<SegmentationScore> {
  if (samples.length === 0) throw new RangeError("Cannot score a segmenter on 0 images");
  let confusion: PixelConfusion | number = options.setup.classes;
  for (const [i, sample] of samples.entries()) {
    const { image, mask } = await readLabeled(sample);
    confusion = addConfusion(await predictClasses(image, model, options), mask, confusion);
    onImage?.(i + 1);
  }
  const counts = confusion as PixelConfusion;
  if (!counts.some((row) => row.some((count) => count > 0))) {
    throw new RangeError("Cannot score a segmenter on images none of whose pixels has a class");
  }
  return segmentationScore(counts);
}
