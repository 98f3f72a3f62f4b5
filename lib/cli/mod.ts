/**
 * The command line: flags, help, errors and exit codes, interruption.
 *
 * @module
 */
export { common } from "./common_flags.ts";
export {
  camel,
  checkConfig,
  configFlags,
  configure,
  kebab,
  originsOf,
  overrides,
  resolve,
  type Resolved,
} from "./config_flags.ts";
export { codeOf, exitCodes } from "./exit_codes.ts";
export { expected, type Flag, type Flags, flagsOnly, type Given, parse, read } from "./flags.ts";
export { help, type Manual, shown } from "./help.ts";
export { commandLine, Interrupted, Interruption } from "./interruption.ts";
export { layoutFlags, layoutOf } from "./layout.ts";
export { printed } from "./print_config.ts";
export { counter } from "./progress.ts";
export { suggest } from "./suggest.ts";
export { print, say, task } from "./task.ts";
