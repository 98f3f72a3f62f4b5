import * as tf from "@tensorflow/tfjs";
import {
  type BatchNormOptions,
  normalize,
  type Processes,
  type Sequential,
  sequential,
  type SequentialBuffers,
  trainSequential,
  type WeightNorm,
  weightNormLinear,
} from "../nn/mod.ts";

/** The sizes and kinds of the heads. */
export type HeadsConfig = {
  /** Hidden width of the projectors. */
  headHidden: number;
  /** Hidden width of the predictors. */
  predictorHidden: number;
  /** Width of the instance embeddings. */
  headOut: number;
  /** Width of the local-group embeddings; without one, that of the instance embeddings. */
  localGroupOut: number | null;
  /** Width before the prototypes. */
  bottleneck: number;
  /** Number of prototypes of the group head. */
  prototypes: number;
  /** Whether the projectors of the heads normalize by batch. */
  batchNormInHead: boolean;
  /** Whether the predictor takes embeddings of unit length. */
  normBeforePredictor: boolean;
  /** Whether the prototypes keep unit length. */
  normLastLayer: boolean;
};

/** Parameters of the instance or the local-group head. A teacher has no predictor. */
export type ContrastHead = { projector: Sequential; predictor?: Sequential };

/** Parameters of the group head: a projector to the bottleneck, then prototypes. */
export type GroupHead = { projector: Sequential; last_layer: WeightNorm };

/** The next running statistics of a head's batch normalizations, by the names of its parameters. */
export type HeadBuffers = { projector: SequentialBuffers };

/** How a contrast head is used. */
export type ContrastOptions = {
  /** Stop after the projector, as for a target. It is so for a head without predictor. */
  target?: boolean;
  normBeforePredictor?: boolean;
  /** The processes whose rows together are the batch; by default this one is alone. */
  processes?: Processes;
};

/** Embeddings of unit length `[rows, out]` of class tokens or related tokens `[rows, width]`. */
export function contrastHead(
  x: tf.Tensor2D,
  p: ContrastHead,
  options: ContrastOptions = {},
): tf.Tensor2D {
  return predict(sequential(x, p.projector), p, options);
}

/**
 * As {@linkcode contrastHead}, batch normalizations using these rows; gives the next running
 * statistics.
 */
export function trainContrastHead(
  x: tf.Tensor2D,
  p: ContrastHead,
  options: ContrastOptions = {},
): [tf.Tensor2D, HeadBuffers] {
  const [projected, projector] = trainSequential(x, p.projector, { processes: options.processes });
  return [predict(projected, p, options), { projector }];
}

/** The logits of class tokens `[rows, width]` over the prototypes, `[rows, prototypes]`. */
export function groupHead(x: tf.Tensor2D, p: GroupHead): tf.Tensor2D {
  return prototypes(sequential(x, p.projector), p);
}

/**
 * As {@linkcode groupHead}, batch normalizations using these rows; gives the next running
 * statistics.
 */
export function trainGroupHead(
  x: tf.Tensor2D,
  p: GroupHead,
  options: BatchNormOptions = {},
): [tf.Tensor2D, HeadBuffers] {
  const [projected, projector] = trainSequential(x, p.projector, options);
  return [prototypes(projected, p), { projector }];
}

function predict(
  projected: tf.Tensor2D,
  { predictor }: ContrastHead,
  { target = !predictor, normBeforePredictor = true }: ContrastOptions,
): tf.Tensor2D {
  if (target || !predictor) return normalize(projected);
  return normalize(
    sequential(normBeforePredictor ? normalize(projected) : projected, predictor),
  );
}

function prototypes(projected: tf.Tensor2D, p: GroupHead): tf.Tensor2D {
  return weightNormLinear(normalize(projected), p.last_layer);
}
