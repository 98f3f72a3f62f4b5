import * as tf from "@tensorflow/tfjs";
import type { Mask } from "../../images/mod.ts";
import { boxCount, type Boxes, cornersOf, selectRows } from "./boxes.ts";
import { cropMask } from "./mask_target.ts";
import { type PyramidPlan, pyramidWeights } from "./pyramid_weights.ts";
import type { RoiWeights } from "./roi_align.ts";
import type { DetectorSettings } from "./settings.ts";
import type { StageSample, TruthObjects } from "./stage_sample.ts";

/** The objects of an image with their masks. */
export type MaskedObjects = TruthObjects & { masks: readonly Mask[] };

/** What a stage learns from, as tensors: of every image as many boxes, those that lack filled up. */
export type StageTargets = {
  boxes: {
    weights: RoiWeights[];
    /** `[images * boxes, 4]`. */
    boxes: tf.Tensor2D;
    /** 1 for a box, 0 for what fills up, `[images * boxes]`. */
    present: tf.Tensor1D;
    /** Classes, int32; that of background is one more than the last. */
    labels: tf.Tensor1D;
    /** The boxes of the objects, `[images * boxes, 4]`. */
    truth: tf.Tensor2D;
  };
  /** The same of the boxes that find an object, of which there are fewer. */
  masks: {
    weights: RoiWeights[];
    present: tf.Tensor1D;
    /** Classes, int32; 0 for what fills up. */
    labels: tf.Tensor1D;
    /** What is to be drawn, `[images * boxes, side, side]`. */
    truth: tf.Tensor3D;
  };
};

/** Options of {@linkcode stageTargets}. */
export type StageTargetsOptions = {
  plan: PyramidPlan;
  settings: Pick<DetectorSettings, "sample" | "boxBins" | "maskBins" | "maskSide">;
  classes: number;
};

/** Boxes of images in tensors. */
export function stageTargets(
  samples: readonly StageSample[],
  images: readonly MaskedObjects[],
  { plan, settings, classes }: StageTargetsOptions,
): StageTargets {
  const { boxBins, maskBins, maskSide: side, sample: { count, positiveShare } } = settings;
  const most = Math.max(1, Math.trunc(count * positiveShare));
  const rows = samples.length * count;
  const maskRows = samples.length * most;
  const all = samples.map(({ boxes }) => boxes);
  const positive = samples.map(({ boxes, objects }) => boxes.subarray(0, 4 * objects.length));
  const truth = samples.map(({ objects }, image) => selectRows(images[image]!.boxes, objects));
  const masks = new Float32Array(maskRows * side ** 2);
  for (const [image, boxes] of positive.entries()) {
    for (const [i, object] of samples[image]!.objects.entries()) {
      const mask = images[image]!.masks[object]!;
      masks.set(
        cropMask(mask, cornersOf(boxes, i), side).data,
        (image * most + i) * side ** 2,
      );
    }
  }
  const present = (sets: readonly Boxes[], count: number) =>
    tf.tensor1d(filled(sets.map((boxes) => new Float32Array(boxCount(boxes)).fill(1)), count));
  const labels = (count: number, others: number) =>
    tf.tensor1d(
      samples.flatMap(({ labels, objects }) =>
        Array.from({ length: count }, (_, i) => i < objects.length ? labels[i]! : others)
      ),
      "int32",
    );
  return {
    boxes: {
      weights: pyramidWeights(all, plan, { bins: boxBins, count }),
      boxes: tf.tensor2d(filled(all, 4 * count), [rows, 4]),
      present: present(all, count),
      labels: labels(count, classes),
      truth: tf.tensor2d(filled(truth, 4 * count), [rows, 4]),
    },
    masks: {
      weights: pyramidWeights(positive, plan, { bins: maskBins, count: most }),
      present: present(positive, most),
      labels: labels(most, 0),
      truth: tf.tensor3d(masks, [maskRows, side, side]),
    },
  };
}

/** Sets one behind the other, each filled up with zeros to a length. */
function filled(sets: readonly Float32Array[], length: number): Float32Array {
  const values = new Float32Array(sets.length * length);
  for (const [i, set] of sets.entries()) values.set(set, i * length);
  return values;
}
