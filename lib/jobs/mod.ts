/**
 * Work that tasks and notebooks share: train, score, resume, launch in a process of its own, follow, stop.
 *
 * @module
 */
export { type Allowance, allowance, budget, portionLine } from "./budget.ts";
export { type Conduct, conductFlags, conductOf } from "./conduct.ts";
export { type Continued, continued, continuedFlags, importState } from "./continued.ts";
export { checkFolderOf, checkLength, checkPlace, openData, userPath } from "./data.ts";
export { diagnose, type Diagnosis, type Facts, type Finding, told } from "./diagnosis.ts";
export { counters, extractParts } from "./extract.ts";
export { follow, type Step } from "./follow.ts";
export { intoFolder, type IntoFolderOptions, type Stepped } from "./into_folder.ts";
export { launch } from "./launch.ts";
export { oneSeed, type SeedOptions } from "./one_seed.ts";
export { type Plan, plan, type Planned } from "./plan.ts";
export {
  begin,
  checkPlans,
  planSeeds,
  type SeedPlan,
  type SeedPlans,
  type SeedWork,
} from "./seed_plan.ts";
export { documents, type Result, text } from "./result.ts";
export { precisionFlag, type Seen, seen, seenFlags } from "./seen.ts";
export { complete, leaveOut, type LeftOut, leftOutLine, noted, noteSkipped } from "./skipped.ts";
export { type Standing, standing } from "./standing.ts";
export { startBackend } from "./start_backend.ts";
export { stop } from "./stop.ts";
export { openSubject, type Subject, subjectFlags } from "./subject.ts";
export { type Ready, ready, train, type Trained, type TrainOptions } from "./train.ts";
export { checkData, checkEmpty, type Unfinished, unfinished } from "./unfinished.ts";
export {
  advised,
  described,
  openWeights,
  toEncoder,
  weightFlags,
  weightOptions,
  type Weights,
} from "./weights.ts";
