import * as tf from "@tensorflow/tfjs";
import { stepsPerEpoch } from "../../datasets/mod.ts";
import { dropPathMasks } from "../../nn/mod.ts";
import { type Length, poly } from "../../optim/mod.ts";
import { Random } from "../../random/mod.ts";
import type { HeadDropout } from "./network.ts";
import { blocksOf, type SegmentationSetup } from "./setup.ts";
import type { SegmentationNow } from "./step.ts";

/**
 * The length of a training on `count` images.
 *
 * @throws {RangeError} If there are no images, or it has no step.
 */
export function segmentationLength(
  { batchSize, steps: fixed, epochs }: SegmentationSetup["config"],
  count: number,
): Length {
  if (count < 1) throw new RangeError("Cannot train on 0 images");
  const perEpoch = stepsPerEpoch(count, batchSize);
  const steps = fixed ?? Math.round(epochs * perEpoch);
  if (steps >= 1) return { steps, stepsPerEpoch: perEpoch };
  throw new RangeError(`Cannot train for ${steps} steps: give more epochs, or steps`);
}

/** The learning rate as a function of the step. */
export function segmentationRate(
  { learningRate, minLearningRate, power, warmupSteps, warmupShare }: SegmentationSetup["config"],
  { steps }: Length,
): (step: number) => number {
  return poly(learningRate, steps, {
    ...{ power, final: minLearningRate, warmupShare },
    warmup: Math.min(steps, warmupSteps),
  });
}

/**
 * The tensors of a step. What it drops depends on the seed and the batch alone, so that a run can
 * go on from anywhere.
 *
 * @param batch Batches of the data's order before this one.
 */
export function segmentationNow(
  rate: number,
  batch: number,
  setup: SegmentationSetup,
): SegmentationNow {
  const { config, backbone: { depth } } = setup;
  const { dropPath, dropout, batchSize, seed, weightDecay, frozen } = config;
  const random = new Random(`${seed}/drop path/${batch}`);
  return {
    rate: tf.scalar(rate),
    weightDecay: tf.scalar(weightDecay),
    ...dropPath > 0 && !frozen &&
      { mask: dropPathMasks(random, { depth, rate: dropPath, batch: batchSize }) },
    ...dropout > 0 && { dropout: headDropout(new Random(`${seed}/dropout/${batch}`), setup) },
  };
}

/** What the channels of a batch are multiplied with; what is not dropped is scaled up. */
function headDropout(random: Random, setup: SegmentationSetup): HeadDropout {
  const { config, backbone: { width } } = setup;
  const { dropout, batchSize, channels, auxiliaryChannels, head } = config;
  const mask = (count: number) => {
    const values = Float32Array.from(
      { length: batchSize * count },
      () => random.chance(1 - dropout) ? 1 / (1 - dropout) : 0,
    );
    return tf.tensor2d(values, [batchSize, count]);
  };
  if (head === "linear") return { decode: mask(width * blocksOf(setup).length) };
  return { decode: mask(channels), auxiliary: mask(auxiliaryChannels) };
}
