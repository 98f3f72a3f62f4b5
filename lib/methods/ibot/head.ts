import * as tf from "@tensorflow/tfjs";
import {
  normalize,
  type Sequential,
  sequential,
  type SequentialBuffers,
  type SequentialOptions,
  trainSequential,
  type WeightNorm,
  weightNormLinear,
} from "../../nn/mod.ts";

/**
 * Parameters of iBOT's head, under the names of the published checkpoints: a perceptron, prototypes
 * of class tokens, and those of patches unless both are the same. Where the perceptron normalizes,
 * one normalization, at position 1, serves after all of its linear layers but the last.
 */
export type IbotHead = { mlp: Sequential; last_layer: WeightNorm; last_layer2?: WeightNorm };

/** The next running statistics of a head by the names of its parameters. */
export type IbotHeadBuffers = { mlp: SequentialBuffers };

/** Logits over the prototypes: `[batch, prototypes]`, and `[batch, patches, patch prototypes]`. */
export type TokenLogits = { classes: tf.Tensor2D; patches: tf.Tensor3D };

/** Logits of all tokens `[batch, 1 + patches, width]`, the class token first. */
export function ibotHead(
  tokens: tf.Tensor3D,
  p: IbotHead,
  options: SequentialOptions = {},
): TokenLogits {
  return logitsOf(sequential(rowsOf(tokens), layersOf(p), options), p, tokens.shape);
}

/** As {@linkcode ibotHead}, batch normalizations using these tokens; gives the next statistics. */
export function trainIbotHead(
  tokens: tf.Tensor3D,
  p: IbotHead,
  options: SequentialOptions = {},
): [TokenLogits, IbotHeadBuffers] {
  const [rows, buffers] = trainSequential(rowsOf(tokens), layersOf(p), options);
  const last = Object.values(buffers).at(-1);
  return [logitsOf(rows, p, tokens.shape), { mlp: last ? { 1: last } : {} }];
}

/** Logits of class tokens alone, `[batch, width]`. */
export function classLogits(
  tokens: tf.Tensor2D,
  p: IbotHead,
  options: SequentialOptions = {},
): tf.Tensor2D {
  return weightNormLinear(normalize(sequential(tokens, layersOf(p), options)), p.last_layer);
}

/** The perceptron with its normalization, if it has one, at all of its positions. */
function layersOf({ mlp }: IbotHead): Sequential {
  const norm = mlp[1];
  if (!norm) return mlp;
  const positions = Object.keys(mlp).map(Number).filter((position) => position !== 1);
  const inner = positions.slice(0, -1).map((position) => [position + 1, norm]);
  return { ...mlp, ...Object.fromEntries(inner) };
}

function rowsOf(tokens: tf.Tensor3D): tf.Tensor2D {
  return tokens.reshape([-1, tokens.shape[2]]);
}

function logitsOf(
  rows: tf.Tensor2D,
  { last_layer, last_layer2 = last_layer }: IbotHead,
  [batch, tokens]: number[],
): TokenLogits {
  const unit = normalize(rows).reshape<tf.Tensor3D>([batch!, tokens!, -1]);
  const [first, others] = tf.split(unit, [1, tokens! - 1], 1) as [tf.Tensor3D, tf.Tensor3D];
  return {
    classes: weightNormLinear(first.squeeze([1]), last_layer),
    patches: weightNormLinear(rowsOf(others), last_layer2).reshape([batch!, tokens! - 1, -1]),
  };
}
