/**
 * A run's folder, and the key under which a finished run is used again.
 *
 * @module
 */
export {
  file,
  finish,
  finished,
  holdsCheckpoint,
  type Run,
  type RunFile,
  runs,
  start,
  writeText,
} from "./folder.ts";
export { type Holder, holder, isRunning, lock } from "./lock.ts";
export { digest, digestFile, formatVersion, type Identity, key } from "./key.ts";
