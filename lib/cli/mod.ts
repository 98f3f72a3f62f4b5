/**
 * The command line: flags with types and defaults, help, errors and exit codes, interruption. It
 * loads no TensorFlow.js, so that help is shown at once.
 *
 * @module
 */
export { changedWords, commandLine } from "./command_line.ts";
export { computingFlags } from "./computing_flags.ts";
export { evalViewFlags } from "./eval_view_flags.ts";
export { codeOf, exitCodes } from "./exit_codes.ts";
export {
  expected,
  type Flag,
  type Flags,
  type FlagValue,
  formatValue,
  type Values,
} from "./flag.ts";
export { help, type Manual } from "./help.ts";
export { inputFlags } from "./input_flags.ts";
export { Interruption } from "./interruption.ts";
export { labelFlags } from "./label_flags.ts";
export { layoutFlags } from "./layout_flags.ts";
export { loadingFlags } from "./loading_flags.ts";
export { minutesOf, onlyOne } from "../configs/mod.ts";
export { print, printJson, say } from "./output.ts";
export { flagsOnly, type Parsed, parseFlags } from "./parse_flags.ts";
export { configRecord, printConfig } from "./print_config.ts";
export { lastValue, type RecipeFlags } from "./recipe_flags.ts";
export { savingFlags } from "./saving_flags.ts";
export { off, shared } from "./shared_flags.ts";
export { type CommandLine, task, type Work } from "./task.ts";
export { userPath } from "./user_path.ts";
export { headsFlag, weightFlags } from "./weight_flags.ts";
export { viewFlags } from "./view_flags.ts";
