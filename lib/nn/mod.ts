/**
 * Layers as functions of tensors and of parameter trees that carry the names of the published
 * checkpoints.
 *
 * @module
 */
export { adaptivePool } from "./adaptive_pool.ts";
export {
  type Attention,
  attention,
  attentionOfFirst,
  type AttentionOptions,
  attentionWeights,
} from "./attention.ts";
export {
  type BatchNorm,
  batchNorm,
  type BatchNormBuffers,
  type BatchNormOptions,
  type RunningOptions,
  trainBatchNorm,
} from "./batch_norm.ts";
export { type Conv, conv, type ConvOptions } from "./conv.ts";
export { customGradient } from "./custom_gradient.ts";
export { dropPath, dropPathMasks } from "./drop_path.ts";
export {
  alone,
  gatherRows,
  meanOver,
  type Processes,
  roundedMeanOver,
  type Summing,
  sumOver,
} from "./processes.ts";
export { euclideanNorm } from "./euclidean_norm.ts";
export { gelu } from "./gelu.ts";
export {
  initBatchNorm,
  initLayerNorm,
  initLinear,
  truncatedNormal,
  uniformByInputs,
} from "./init.ts";
export { type DrawLinear, initMlp, type MlpLayer, mlpShapes } from "./init_mlp.ts";
export { late } from "./late.ts";
export { type LayerNorm, layerNorm } from "./layer_norm.ts";
export { type Linear, linear, linearGelu } from "./linear.ts";
export { type Keeping, type Mlp, mlp } from "./mlp.ts";
export { normalize } from "./normalize.ts";
export { globalPool, maxPool, type MaxPoolOptions } from "./pool.ts";
export { relu } from "./relu.ts";
export { type Grid, resizePositions, type ResizePositionsOptions } from "./position.ts";
export { type MapSize, resizeMap } from "./resize_map.ts";
export { sinePositions } from "./sine_positions.ts";
export {
  type Sequential,
  sequential,
  type SequentialBuffers,
  type SequentialOptions,
  trainSequential,
} from "./sequential.ts";
export { type TransposedConv, transposedConv } from "./transposed_conv.ts";
export { type WeightNorm, weightNorm, weightNormLinear } from "./weight_norm.ts";
