/**
 * What a row of the paper's tables is: methods, as records of networks, losses and buffers. State
 * goes in, the next state comes out.
 *
 * @module
 */
export type {
  BetweenEpochs,
  BetweenOptions,
  Join,
  Layout,
  Learned,
  Learner,
  LearnOptions,
  Lesson,
  Losses,
  Masks,
  Method,
  MethodState,
  Network,
  Preparation,
  StepNumbers,
  StepScalars,
  StudentViews,
  Survey,
  Surveyed,
  TeachOptions,
} from "./method.ts";
export { methodOf, methods } from "./methods.ts";
