import type { Recipe } from "../recipe.ts";
import { followBatch } from "../rules.ts";
import { check } from "./check.ts";
import type { DinoConfig } from "./config.ts";
import { fields } from "./fields.ts";
import { headings } from "./headings.ts";
import { presets } from "./presets.ts";

/** The recipe of DINO. */
export const dino: Recipe<DinoConfig> = {
  name: "dino",
  title: "DINO",
  fields,
  presets,
  headings,
  scaled: ["tiny"],
  rules: Object.freeze({ teacherMomentum: followBatch }),
  check,
};
