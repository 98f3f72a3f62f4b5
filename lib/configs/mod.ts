/**
 * Recipes as frozen data.
 *
 * @module
 */
export type { Config, EvalConfig, ReadConfig } from "./config.ts";
export { type Field, fields } from "./fields.ts";
export { type Heading, headings } from "./headings.ts";
export { presets } from "./presets.ts";
export { type Rule, rules, scaled } from "./rules.ts";
export { cifar } from "./cifar.ts";
export { imagenet100 } from "./imagenet100.ts";
export { imagenette } from "./imagenette.ts";
export { tiny } from "./tiny.ts";
export { toFlags } from "./to_flags.ts";
export { vitBase400 } from "./vit_base.ts";
export { vitLarge250 } from "./vit_large.ts";
export { vitSmall100, vitSmall300, vitSmall800 } from "./vit_small.ts";
