import type { Recipe } from "../recipe.ts";
import { checkSwav } from "./check.ts";
import type { SwavConfig } from "./config.ts";
import { swavFields } from "./fields.ts";
import { swavHeadings } from "./headings.ts";
import { swavPresets } from "./presets.ts";

/** The recipe of SwAV. */
export const swavRecipe: Recipe<SwavConfig> = {
  name: "swav",
  title: "SwAV",
  fields: swavFields,
  presets: swavPresets,
  headings: swavHeadings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({}),
  check: checkSwav,
};
