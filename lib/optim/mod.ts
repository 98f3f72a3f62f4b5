/**
 * Optimizers as functions of parameters, gradients and state, and the schedules of their rates.
 *
 * @module
 */
export { adamw, type AdamWOptions, stepOf } from "./adamw.ts";
export { clip, globalNorm } from "./clip.ts";
export { clipTogether } from "./clip_together.ts";
export { type Length, type OptimConfig, type Span, stepsOf } from "./config.ts";
export { ema } from "./ema.ts";
export { epochCosine, type EpochCosineOptions } from "./epoch_cosine.ts";
export { falling, type FallingOptions } from "./falling.ts";
export { gradientsOf, type WithLoss } from "./gradients_of.ts";
export { type Group, type GroupName, groupName, groupNames, groups } from "./groups.ts";
export { larc, type LarcOptions } from "./larc.ts";
export type { Stacked } from "./lengths.ts";
export { lars, type LarsOptions, type LarsOrder } from "./lars.ts";
export { layerDecay, type LayerDecayOptions, layerOf } from "./layer_decay.ts";
export {
  initOptimizer,
  isLast,
  type Optimizer,
  type OptimizerOptions,
  type OptimizerState,
  type Rates,
  toBranches,
} from "./optimizer.ts";
export { optimizerOf } from "./optimizer_of.ts";
export { cosine, type CosineOptions, ramp, type Schedule } from "./schedule.ts";
export { type OptimNumbers, optimSchedules } from "./schedules.ts";
export { poly, type PolyOptions } from "./poly.ts";
export { sgd, type SgdOptions } from "./sgd.ts";
export { stack, type Stacks, stacksOf, unstack } from "./stacks.ts";
export { timmCosine, type TimmCosineOptions } from "./timm_cosine.ts";
