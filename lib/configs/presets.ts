import type { Config } from "./config.ts";
import { tiny } from "./tiny.ts";
import { vitSmall } from "./vit_small.ts";

/** The recipes by the name under which tasks know them. */
export const presets: Readonly<Record<string, Readonly<Config>>> = Object.freeze({
  tiny,
  vit_small: vitSmall,
});
