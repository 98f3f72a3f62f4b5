import type { Recipe } from "../recipe.ts";
import { followBatch } from "../rules.ts";
import { checkIbot } from "./check.ts";
import type { IbotConfig } from "./config.ts";
import { ibotFields } from "./fields.ts";
import { ibotHeadings } from "./headings.ts";
import { ibotPresets } from "./presets.ts";

/** The recipe of iBOT. */
export const ibotRecipe: Recipe<IbotConfig> = {
  name: "ibot",
  title: "iBOT",
  fields: ibotFields,
  presets: ibotPresets,
  headings: ibotHeadings,
  scaled: ["tiny"],
  rules: Object.freeze({ teacherMomentum: followBatch }),
  check: checkIbot,
};
