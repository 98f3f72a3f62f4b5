import type { Recipe } from "../recipe.ts";
import { followBatch } from "../rules.ts";
import { checkDino } from "./check.ts";
import type { DinoConfig } from "./config.ts";
import { dinoFields } from "./fields.ts";
import { dinoHeadings } from "./headings.ts";
import { dinoPresets } from "./presets.ts";

/** The recipe of DINO. */
export const dinoRecipe: Recipe<DinoConfig> = {
  name: "dino",
  title: "DINO",
  fields: dinoFields,
  presets: dinoPresets,
  headings: dinoHeadings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({ teacherMomentum: followBatch }),
  check: checkDino,
};
