/**
 * Runs of the original program of Mugs, continued here: its full checkpoints, arguments and
 * optimizer.
 *
 * @module
 */
export { openOriginal, type Original, restoreOriginal } from "./original.ts";
export {
  type OriginalArguments,
  originalBase,
  originalConfig,
  type OriginalSizes,
} from "./original_config.ts";
