import type { Recipe } from "../recipe.ts";
import { followBatch } from "../rules.ts";
import { checkMocoV3 } from "./check.ts";
import type { MocoV3Config } from "./config.ts";
import { mocoV3Fields } from "./fields.ts";
import { mocoV3Headings } from "./headings.ts";
import { mocoV3Presets } from "./presets.ts";

/** The recipe of MoCo-v3. */
export const mocoV3Recipe: Recipe<MocoV3Config> = {
  name: "moco_v3",
  title: "MoCo-v3",
  fields: mocoV3Fields,
  presets: mocoV3Presets,
  headings: mocoV3Headings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({ teacherMomentum: followBatch }),
  check: checkMocoV3,
};
