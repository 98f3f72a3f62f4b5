/**
 * The notebooks as programs: their environment, how they are opened, and how they are checked.
 *
 * @module
 */
export { type BrowserOptions, inBrowser } from "./browser.ts";
export { type Check, checkNotebook, type CheckOptions, notebookNames } from "./check.ts";
export {
  type Cell,
  type Notebook,
  type Output,
  readNotebook,
  small,
  toModule,
} from "./document.ts";
export {
  type Environment,
  environment,
  type EnvironmentOptions,
  projectFolder,
} from "./environment.ts";
export { execute, type Executed, toHtml, typeFaults } from "./execute.ts";
export { differences, outputFaults, textFaults } from "./faults.ts";
export { formatFaults } from "./format.ts";
export { type Lab, lab, type LabOptions } from "./lab.ts";
export { temporaryFolder } from "./temporary_folder.ts";
