import * as tf from "@tensorflow/tfjs";
import { type AnchorLevel, anchorsInside } from "./anchor_levels.ts";
import type { ImageSize } from "./anchors.ts";
import { assignBoxes } from "./assign_boxes.ts";
import { encodeBoxes } from "./box_coder.ts";
import { boxCount, type Boxes, joinBoxes, selectRows } from "./boxes.ts";
import type { RpnTargets } from "./rpn.ts";
import { type Choose, sampleBoxes } from "./sample_boxes.ts";
import type { DetectorSettings } from "./settings.ts";

/** An image as a detector learns from it. */
export type TruthBoxes = {
  /** Height and width without what pads it. */
  size: ImageSize;
  boxes: Boxes;
};

/** What is to be said of all anchors of an image, one level behind the other. */
type AnchorTargets = Record<"objects" | "weights" | "deltas", Float32Array> & {
  /** Anchors that are learned from, of which mmdetection counts at least one of each kind. */
  count: number;
};

/**
 * What the region proposal network is to say of the anchors of images, by level, and by what its
 * losses are divided (`AnchorHead.get_targets` of mmdetection).
 */
export function rpnTargets(
  levels: readonly AnchorLevel[],
  images: readonly TruthBoxes[],
  { rpn, choose }: Pick<DetectorSettings, "rpn"> & { choose: Choose },
): { levels: RpnTargets[]; divisor: number } {
  const anchors = joinBoxes(...levels.map(({ boxes }) => boxes));
  const targets = images.map((image) => anchorTargets({ anchors, levels }, image, { rpn, choose }));
  let start = 0;
  const tensors = levels.map(({ boxes }) => {
    const [from, to] = [start, start += boxCount(boxes)];
    const part = (name: "objects" | "weights" | "deltas", width: number) =>
      targets.map((image) => image[name].subarray(from * width, to * width));
    return {
      objects: tf.stack(part("objects", 1).map((row) => tf.tensor1d(row))) as tf.Tensor2D,
      weights: tf.stack(part("weights", 1).map((row) => tf.tensor1d(row))) as tf.Tensor2D,
      deltas: tf.stack(
        part("deltas", 4).map((rows) => tf.tensor2d(rows, [to - from, 4])),
      ) as tf.Tensor3D,
    };
  });
  return { levels: tensors, divisor: targets.reduce((sum, { count }) => sum + count, 0) };
}

function anchorTargets(
  { anchors, levels }: { anchors: Boxes; levels: readonly AnchorLevel[] },
  { size, boxes }: TruthBoxes,
  { rpn, choose }: Pick<DetectorSettings, "rpn"> & { choose: Choose },
): AnchorTargets {
  const inside = anchorsInside(levels, { size, border: rpn.border });
  const candidates = selectRows(anchors, inside);
  const assignment = assignBoxes(candidates, boxes, rpn.assign);
  const { positive, negative } = sampleBoxes(assignment, rpn.sample, choose);
  const count = boxCount(anchors);
  const objects = new Float32Array(count);
  const weights = new Float32Array(count);
  const deltas = new Float32Array(4 * count);
  const truth = selectRows(boxes, positive.map((i) => assignment.objects[i]! - 1));
  const ofPositive = encodeBoxes(selectRows(candidates, positive), truth, rpn.deviations);
  for (const [row, i] of positive.entries()) {
    objects[inside[i]!] = 1;
    deltas.set(ofPositive.subarray(4 * row, 4 * row + 4), 4 * inside[i]!);
  }
  for (const i of [...positive, ...negative]) weights[inside[i]!] = 1;
  const samples = Math.max(positive.length, 1) + Math.max(negative.length, 1);
  return { objects, weights, deltas, count: samples };
}
