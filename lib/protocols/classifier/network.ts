import * as tf from "@tensorflow/tfjs";
import {
  type Backbone,
  imageFeatures,
  isVit,
  type Recompute,
  resnetFeatures,
  type ResnetTraits,
  trainResnetFeatures,
} from "../../models/mod.ts";
import type { Keeping } from "../../nn/mod.ts";
import type { Tree } from "../../tree/mod.ts";
import { classify, type Head } from "./head.ts";

/** A backbone with a head behind it. */
export type ClassifierNetwork = { backbone: Backbone; head: Head };

/** What a pass through a network needs beside images and parameters. */
export type ClassifierPass = Keeping & {
  /** Number of attention heads. */
  heads: number;
  /** What a residual network computes otherwise than torchvision's. */
  resnet?: ResnetTraits;
  /** Stochastic depth: `[depth, 2, batch]`, from `dropPathMasks`. */
  mask?: tf.Tensor3D;
  /** How a block is run whose insides are too large to be kept for the gradients. */
  recompute?: Recompute;
  /** Independent chains of operations into which the work of a vision transformer is cut. */
  chains?: number;
};

/** Logits `[batch, classes]` of images as they are scored: nothing is dropped or moved. */
export function classifyImages(
  images: tf.Tensor4D,
  { backbone, head }: ClassifierNetwork,
  { heads, resnet }: Pick<ClassifierPass, "heads" | "resnet">,
): tf.Tensor2D {
  const features = isVit(backbone)
    ? imageFeatures(images, backbone, { heads })
    : resnetFeatures(images, backbone, resnet);
  return classify(features, head);
}

/**
 * Logits `[batch, classes]` of images in training, and the next running statistics by the names of
 * the network's tensors; those of a vision transformer are none.
 */
export function classifyInTraining(
  images: tf.Tensor4D,
  { backbone, head }: ClassifierNetwork,
  pass: ClassifierPass,
): [logits: tf.Tensor2D, statistics: Tree] {
  if (!isVit(backbone)) {
    const [features, statistics] = trainResnetFeatures(images, backbone, pass.resnet);
    return [classify(features, head), { backbone: statistics }];
  }
  const { heads, mask, recompute, lean, chains = 1 } = pass;
  const parts = images.shape[0] % chains ? 1 : chains;
  const masks = mask ? tf.split<tf.Tensor3D>(mask, parts, 2) : [];
  const features = tf.split<tf.Tensor4D>(images, parts).map((part, i) =>
    imageFeatures(part, backbone, { heads, masks: masks[i], recompute, lean })
  );
  return [classify(parts === 1 ? features[0]! : tf.concat(features), head), {}];
}
