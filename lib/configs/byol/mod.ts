import type { Recipe } from "../recipe.ts";
import { followBatch } from "../rules.ts";
import type { ByolConfig } from "./config.ts";
import { byolFields } from "./fields.ts";
import { byolHeadings } from "./headings.ts";
import { byolPresets } from "./presets.ts";

/** The recipe of BYOL. */
export const byolRecipe: Recipe<ByolConfig> = {
  name: "byol",
  title: "BYOL",
  fields: byolFields,
  presets: byolPresets,
  headings: byolHeadings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({ teacherMomentum: followBatch }),
  check: () => {},
};
