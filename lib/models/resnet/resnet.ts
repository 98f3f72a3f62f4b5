import type * as tf from "@tensorflow/tfjs";
import {
  type BatchNorm,
  batchNorm,
  type BatchNormBuffers,
  type Conv,
  conv,
  globalPool,
  type Linear,
  maxPool,
  relu,
  trainBatchNorm,
} from "../../nn/mod.ts";
import { flatten, unflatten } from "../../tree/mod.ts";

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

/** A batch normalization in one of its two modes; `path` says which one it is. */
type Norm = (x: tf.Tensor4D, p: BatchNorm, path: string) => tf.Tensor4D;

/**
 * Maps `[batch, height, width, channels]` after the stem and each of the four stages; batch
 * normalizations use their running statistics.
 *
 * @param images `[batch, height, width, 3]`.
 */
export function resnetStages(images: tf.Tensor4D, p: Resnet): tf.Tensor4D[] {
  return stagesOf(images, p, batchNorm);
}

/**
 * As {@linkcode resnetStages}, but batch normalizations use the statistics of these images; gives
 * the next running ones.
 */
export function trainResnetStages(
  images: tf.Tensor4D,
  p: Resnet,
): [tf.Tensor4D[], ResnetBuffers] {
  const buffers: ResnetBuffers = {};
  const maps = stagesOf(images, p, (x, p, path) => {
    const [y, next] = trainBatchNorm(x, p);
    buffers[path] = next;
    return y;
  });
  return [maps, buffers];
}

/** Features of images `[batch, width]`: the mean over the last map. */
export function resnetFeatures(images: tf.Tensor4D, p: Resnet): tf.Tensor2D {
  return globalPool(resnetStages(images, p).at(-1)!);
}

/**
 * As {@linkcode resnetFeatures}, but batch normalizations use the statistics of these images; gives
 * the next running ones.
 */
export function trainResnetFeatures(
  images: tf.Tensor4D,
  p: Resnet,
): [tf.Tensor2D, ResnetBuffers] {
  const [maps, buffers] = trainResnetStages(images, p);
  return [globalPool(maps.at(-1)!), buffers];
}

/** The network with other running statistics. */
export function withBuffers(p: Resnet, buffers: ResnetBuffers): Resnet {
  return unflatten<Resnet>({ ...flatten(p), ...flatten(buffers) });
}

function stagesOf(images: tf.Tensor4D, p: Resnet, norm: Norm): tf.Tensor4D[] {
  const maps = [stem(images, p, norm)];
  for (const [stage, blocks] of [p.layer1, p.layer2, p.layer3, p.layer4].entries()) {
    let x = maps[stage]!;
    for (const [i, parameters] of blocks.entries()) {
      const stride = stage > 0 && i === 0 ? 2 : 1;
      x = block(x, parameters, { stride, path: `layer${stage + 1}.${i}`, norm });
    }
    maps.push(x);
  }
  return maps;
}

/** A large kernel halves the image and is followed by a pooling; a small one keeps its size. */
function stem(images: tf.Tensor4D, { conv1, bn1 }: Resnet, norm: Norm): tf.Tensor4D {
  const large = conv1.weight.shape[2] > 3;
  const x = relu(norm(convolve(images, conv1, large ? 2 : 1), bn1, "bn1"));
  return large ? maxPool(x, { size: 3, stride: 2, padding: 1 }) : x;
}

/** One residual block. The stride lies on the first convolution of 3 x 3 (version 1.5). */
function block(
  x: tf.Tensor4D,
  p: ResidualBlock,
  { stride, path, norm }: { stride: number; path: string; norm: Norm },
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

/** Convolves with as much padding as keeps the middle of the kernel on the image. */
function convolve(x: tf.Tensor4D, p: Conv, stride = 1): tf.Tensor4D {
  return conv(x, p, { stride, padding: (p.weight.shape[2] - 1) / 2 });
}
