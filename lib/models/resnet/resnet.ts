import type * as tf from "@tensorflow/tfjs";
import {
  type BatchNorm,
  batchNorm,
  type BatchNormBuffers,
  type BatchNormOptions,
  type Conv,
  conv,
  globalPool,
  type Linear,
  maxPool,
  relu,
  trainBatchNorm,
} from "../../nn/mod.ts";
import { flatten, unflatten } from "../../tree/mod.ts";
import { toFractions } from "./fractions.ts";
import type { ResnetTraits } from "./sizes.ts";

/** Parameters of a residual block; a basic one has no third convolution. */
export type ResidualBlock = {
  conv1: Conv;
  bn1: BatchNorm;
  conv2: Conv;
  bn2: BatchNorm;
  conv3?: Conv;
  bn3?: BatchNorm;
  /** What makes of the input a thing of the output's size, where the two differ. */
  downsample?: readonly [Conv, BatchNorm];
};

/** Parameters and buffers of a residual network, under torchvision's names. */
export type Resnet = {
  conv1: Conv;
  bn1: BatchNorm;
  layer1: readonly ResidualBlock[];
  layer2: readonly ResidualBlock[];
  layer3: readonly ResidualBlock[];
  layer4: readonly ResidualBlock[];
  fc?: Linear;
};

/** The next running statistics by the path of their batch normalization, such as `layer1.0.bn2`. */
export type ResnetBuffers = Record<string, BatchNormBuffers>;

/** How a residual network is run in training. */
export type TrainResnetOptions = ResnetTraits & BatchNormOptions;

/** How the operations of a network are run. */
type Walk = {
  /** What the network takes of normalized images. */
  input(images: tf.Tensor4D): tf.Tensor4D;
  /** A batch normalization in one of its two modes; `path` says which one it is. */
  norm(x: tf.Tensor4D, p: BatchNorm, path: string): tf.Tensor4D;
  convolve(x: tf.Tensor4D, p: Conv, stride?: number): tf.Tensor4D;
  pool(x: tf.Tensor4D): tf.Tensor4D;
};

/**
 * Maps `[batch, height, width, channels]` after the stem and each of the four stages; batch
 * normalizations use their running statistics.
 *
 * @param images `[batch, height, width, 3]`.
 */
export function resnetStages(
  images: tf.Tensor4D,
  p: Resnet,
  traits: ResnetTraits = {},
): tf.Tensor4D[] {
  return stagesOf(images, p, { norm: batchNorm, ...walkOf(traits) });
}

/**
 * As {@linkcode resnetStages}, but batch normalizations use the statistics of these images; gives
 * the next running ones.
 */
export function trainResnetStages(
  images: tf.Tensor4D,
  p: Resnet,
  { samePadding, pixels, ...running }: TrainResnetOptions = {},
): [tf.Tensor4D[], ResnetBuffers] {
  const buffers: ResnetBuffers = {};
  const norm = (x: tf.Tensor4D, p: BatchNorm, path: string) => {
    const [y, next] = trainBatchNorm(x, p, running);
    buffers[path] = next;
    return y;
  };
  return [stagesOf(images, p, { norm, ...walkOf({ samePadding, pixels }) }), buffers];
}

/** Features of images `[batch, width]`: the mean over the last map. */
export function resnetFeatures(
  images: tf.Tensor4D,
  p: Resnet,
  traits: ResnetTraits = {},
): tf.Tensor2D {
  return globalPool(resnetStages(images, p, traits).at(-1)!);
}

/**
 * As {@linkcode resnetFeatures}, but batch normalizations use the statistics of these images; gives
 * the next running ones.
 */
export function trainResnetFeatures(
  images: tf.Tensor4D,
  p: Resnet,
  options: TrainResnetOptions = {},
): [tf.Tensor2D, ResnetBuffers] {
  const [maps, buffers] = trainResnetStages(images, p, options);
  return [globalPool(maps.at(-1)!), buffers];
}

/** The network with other running statistics. */
export function withBuffers(p: Resnet, buffers: ResnetBuffers): Resnet {
  return unflatten<Resnet>({ ...flatten(p), ...flatten(buffers) });
}

function stagesOf(images: tf.Tensor4D, p: Resnet, walk: Walk): tf.Tensor4D[] {
  const maps = [stem(images, p, walk)];
  for (const [stage, blocks] of [p.layer1, p.layer2, p.layer3, p.layer4].entries()) {
    let x = maps[stage]!;
    for (const [i, parameters] of blocks.entries()) {
      const stride = stage > 0 && i === 0 ? 2 : 1;
      x = block(x, parameters, { stride, path: `layer${stage + 1}.${i}`, ...walk });
    }
    maps.push(x);
  }
  return maps;
}

/** A large kernel halves the image and is followed by a pooling; a small one keeps its size. */
function stem(images: tf.Tensor4D, { conv1, bn1 }: Resnet, walk: Walk): tf.Tensor4D {
  const { input, norm, convolve, pool } = walk;
  const large = conv1.weight.shape[2] > 3;
  const x = relu(norm(convolve(input(images), conv1, large ? 2 : 1), bn1, "bn1"));
  return large ? pool(x) : x;
}

/** One residual block. The stride lies on the first convolution of 3 x 3 (version 1.5). */
function block(
  x: tf.Tensor4D,
  p: ResidualBlock,
  { stride, path, norm, convolve }: { stride: number; path: string } & Walk,
): tf.Tensor4D {
  const { conv1, bn1, conv2, bn2, conv3, bn3, downsample } = p;
  const early = conv3 ? 1 : stride;
  let y = relu(norm(convolve(x, conv1, early), bn1, `${path}.bn1`));
  y = norm(convolve(y, conv2, stride / early), bn2, `${path}.bn2`);
  if (conv3 && bn3) y = norm(convolve(relu(y), conv3), bn3, `${path}.bn3`);
  const shortcut = downsample
    ? norm(convolve(x, downsample[0], stride), downsample[1], `${path}.downsample.1`)
    : x;
  return relu(y.add<tf.Tensor4D>(shortcut));
}

/**
 * The input, convolutions and pooling, padded by TensorFlow's rule or with as much as keeps the
 * middle of the kernel on the image.
 */
function walkOf({ samePadding: same, pixels }: ResnetTraits): Omit<Walk, "norm"> {
  return {
    input: (images) => pixels === "fractions" ? toFractions(images) : images,
    convolve: (x, p, stride = 1) => {
      const padding = same === "all" ? "same" : (p.weight.shape[2] - 1) / 2;
      return conv(x, p, { stride, padding });
    },
    pool: (x) => maxPool(x, { size: 3, stride: 2, padding: same ? "same" : 1 }),
  };
}
