import type { Recipe } from "../recipe.ts";
import { checkMugs } from "./check.ts";
import type { MugsConfig } from "./config.ts";
import { mugsFields } from "./fields.ts";
import { mugsHeadings } from "./headings.ts";
import { mugsPresets } from "./presets.ts";
import { rules, scaled } from "./rules.ts";
import { compared } from "./tiny.ts";

/** The recipe of Mugs. */
export const mugsRecipe: Recipe<MugsConfig> = {
  name: "mugs",
  title: "Mugs",
  fields: mugsFields,
  presets: mugsPresets,
  compared,
  headings: mugsHeadings,
  scaled,
  rules,
  check: checkMugs,
};
