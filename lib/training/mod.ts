/**
 * Pre-training: the configuration, the state, one step as one compiled function, the loop, and what shows it.
 *
 * @module
 */
export { type Course, openState, restoreState, saveState, type StoredState } from "./checkpoint.ts";
export { checkpointed, type CheckpointedOptions } from "./checkpointed.ts";
export { collapse } from "./collapse.ts";
export {
  type Length,
  lengthOf,
  type OptimConfig,
  type PretrainConfig,
  type RunConfig,
  type Span,
  stepsOf,
} from "./config.ts";
export { Diverged, type Divergence, firstNotFinite } from "./diverged.ts";
export { ema } from "./ema.ts";
export { type Fact, type FactNumbers, toJsonLine } from "./fact.ts";
export { type Gathering, type GatheringOptions, gatherings } from "./gatherings.ts";
export { type MeasureOptions, stepsIn } from "./measure.ts";
export { type Now, now } from "./now.ts";
export { openOriginal, type Original, restoreOriginal } from "./original.ts";
export { type OriginalArguments, originalConfig, type OriginalSizes } from "./original_config.ts";
export { pretrain, type PretrainOptions } from "./pretrain.ts";
export { duration, ProgressBar, progressLine, type Screen, standardError } from "./progress.ts";
export { recovering, type RecoveringOptions, type Start } from "./recovering.ts";
export { type Moment, schedules } from "./schedules.ts";
export { initState, learnedOf, replace, type State } from "./state.ts";
export type { Layout } from "./halves.ts";
export type { Facts, Pass, StepBatch } from "./pass.ts";
export { precisionOf } from "./precision.ts";
export {
  apply,
  type CompiledStep,
  compileStep,
  type CompileStepOptions,
  gradients,
  step,
  type StepOptions,
} from "./step.ts";
export { type Threads, threads } from "./threads.ts";
