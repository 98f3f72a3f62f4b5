/**
 * Pre-training: the configuration, the state, one step as one compiled function, and the loop.
 *
 * @module
 */
export {
  type Length,
  lengthOf,
  type OptimConfig,
  type PretrainConfig,
  type RunConfig,
  type Span,
  stepsOf,
} from "./config.ts";
export { ema } from "./ema.ts";
export { type Now, now } from "./now.ts";
export { type Moment, schedules } from "./schedules.ts";
export { initState, learnedOf, type State } from "./state.ts";
export {
  apply,
  type CompiledStep,
  compileStep,
  type Facts,
  gradients,
  type Pass,
  step,
  type StepBatch,
} from "./step.ts";
