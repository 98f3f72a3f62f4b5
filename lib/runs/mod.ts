/**
 * A run's folder: configuration, metrics, checkpoints, lock, result, and the key under which a
 * finished run is used again.
 *
 * @module
 */
export { keptSteps, saveCheckpoint } from "./checkpoints.ts";
export { Events } from "./events.ts";
export {
  hasBegun,
  holdsCheckpoint,
  holdsRun,
  pathOf,
  type Run,
  type RunFile,
  runsFolder,
} from "./folder.ts";
export { Interrupted } from "./interrupted.ts";
export { digest, digestFile, type Identity, keyOf, keyVersion } from "./key.ts";
export { type Holder, holder, isRunning, lock } from "./lock.ts";
export { type Line, Metrics, readLines } from "./metrics.ts";
export { patiently, type PatientOptions } from "./patiently.ts";
export {
  beginRun,
  extendRun,
  type Extension,
  forget,
  readConfig,
  resume,
  type RunRecord,
} from "./record.ts";
export { finishRun, readResult } from "./result.ts";
export { noteSkipped } from "./skipped.ts";
export { writeText, writingTo } from "./write_text.ts";
