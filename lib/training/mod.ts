/**
 * Training of any state by any step: the loop, its pace and progress, saving, recovering, and signs
 * of collapse.
 *
 * @module
 */
export { collapse } from "./collapse.ts";
export { Diverged, type Divergence, firstNotFinite } from "./diverged.ts";
export {
  type Fact,
  type FactNumbers,
  numberOf,
  scalarsOf,
  type StepFacts,
  toJsonLine,
} from "./fact.ts";
export { type Loaded, loop, type Training } from "./loop.ts";
export { stepsIn, type StepsInOptions } from "./measure.ts";
export { duration, ProgressBar, progressLine, type Screen, standardError } from "./progress.ts";
export { recovering, type RecoveringOptions, type Start } from "./recovering.ts";
export { saving, type SavingOptions } from "./saving.ts";
export { replace, stepsDone, type TrainingState } from "./state.ts";
