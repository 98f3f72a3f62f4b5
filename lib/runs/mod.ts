/**
 * A run's folder, and the key under which a finished run is used again.
 *
 * @module
 */
export { keptSteps, saveCheckpoint } from "./checkpoints.ts";
export {
  type Begun,
  begun,
  file,
  finish,
  finished,
  forget,
  goOn,
  holdsCheckpoint,
  holdsRun,
  type Run,
  type RunFile,
  runs,
  start,
  writeText,
} from "./folder.ts";
export { type Line, Metrics, readLines } from "./metrics.ts";
export { patiently, type PatientOptions } from "./patiently.ts";
export { type Holder, holder, isRunning, lock } from "./lock.ts";
export { digest, digestFile, formatVersion, type Identity, key } from "./key.ts";
