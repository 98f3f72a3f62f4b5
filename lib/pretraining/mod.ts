/**
 * Pre-training: any method's state, one step as one compiled function or as several, the run, and
 * its checkpoints.
 *
 * @module
 */
export {
  type Course,
  openState,
  restoreState,
  restoreTensors,
  saveState,
  type StoredState,
} from "./checkpoint.ts";
export { betweenEpochs } from "./between_epochs.ts";
export {
  deviceLayout,
  type Execution,
  execution,
  layoutFor,
  type TrainingDevice,
} from "./execution.ts";
export { lengthOf } from "./length.ts";
export { type Now, now } from "./now.ts";
export type { Pass } from "./pass.ts";
export { precisionOf } from "./precision.ts";
export { prepareState } from "./prepare.ts";
export { pretrain, type PretrainOptions, trialOf, type TrialOptions } from "./pretrain.ts";
export {
  type PrototypeImages,
  prototypeImages,
  type PrototypeImagesOptions,
} from "./prototype_images.ts";
export { initState, learnedOf, type State } from "./state.ts";
export {
  apply,
  type CompiledStep,
  compileStep,
  gradients,
  step,
  type StepLayout,
  type StepOptions,
} from "./step.ts";
export { memoryOf, type StepMemory, type StepWork, tokensOf } from "./step_memory.ts";
export { type CompiledSurvey, compileSurvey } from "./compile_survey.ts";
export { surveySeconds } from "./survey.ts";
export type { ExchangePrecision } from "./exchange.ts";
export type { MoveLayout } from "./move.ts";
export type { PassLayout } from "./teach.ts";
