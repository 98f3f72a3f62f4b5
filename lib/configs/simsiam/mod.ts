import type { Recipe } from "../recipe.ts";
import type { SimsiamConfig } from "./config.ts";
import { simsiamFields } from "./fields.ts";
import { simsiamHeadings } from "./headings.ts";
import { simsiamPresets } from "./presets.ts";

/** The recipe of SimSiam. */
export const simsiamRecipe: Recipe<SimsiamConfig> = {
  name: "simsiam",
  title: "SimSiam",
  fields: simsiamFields,
  presets: simsiamPresets,
  headings: simsiamHeadings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({}),
  check: () => {},
};
