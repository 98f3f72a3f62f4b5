import type { Recipe } from "../recipe.ts";
import { check } from "./check.ts";
import type { MugsConfig } from "./config.ts";
import { fields } from "./fields.ts";
import { headings } from "./headings.ts";
import { presets } from "./presets.ts";
import { rules, scaled } from "./rules.ts";

/** The recipe of Mugs. */
export const mugs: Recipe<MugsConfig> = {
  name: "mugs",
  title: "Mugs",
  fields,
  presets,
  headings,
  scaled,
  rules,
  check,
};
