/**
 * Studies: designs as data, campaigns that do their cells one after the other and survive
 * interruption, and what is read out of a network in each.
 *
 * @module
 */
export { type Cell, cellName, methodName, type Part } from "./cell.ts";
export { type Design, granularityDesign } from "./granularity.ts";
export { type Levels, readLevels, withLevels } from "./levels.ts";
export {
  type PlannedCell,
  prepareStudy,
  type StudyJob,
  type StudyRequest,
} from "./prepare_study.ts";
export { readStudy, rowsIn } from "./rows.ts";
export { pending, runStudy, study, type StudyOptions, type StudyResult } from "./run_study.ts";
