/**
 * The notebooks as programs: what they run in, how they are opened and checked.
 *
 * @module
 */
export { type Environment, environment, type EnvironmentOptions, project } from "./environment.ts";
export { type Lab, lab, type LabOptions } from "./lab.ts";
