/**
 * Recipes as frozen data.
 *
 * @module
 */
export type { Config, EvalConfig, ReadConfig } from "./config.ts";
export { type Field, fields } from "./fields.ts";
export { tiny } from "./tiny.ts";
export { vitSmall } from "./vit_small.ts";
export { presets } from "./presets.ts";
