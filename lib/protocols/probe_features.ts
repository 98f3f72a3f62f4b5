import * as tf from "@tensorflow/tfjs";

/**
 * What the original's linear probe sees: the class tokens `[images, width]` of the last blocks side
 * by side, or, where the mean patch tokens of the last block are given, these and its class tokens
 * in turns, number by number: the original stacks them on a new last axis.
 */
export function probeFeatures(classTokens: tf.Tensor2D[], patchMean?: tf.Tensor2D): tf.Tensor2D {
  if (!patchMean) return tf.concat(classTokens, 1);
  const [images, width] = patchMean.shape;
  return tf.stack([classTokens.at(-1)!, patchMean], -1).reshape([images, 2 * width]);
}
