import type { Recipe } from "../recipe.ts";
import type { SimclrConfig } from "./config.ts";
import { simclrFields } from "./fields.ts";
import { simclrHeadings } from "./headings.ts";
import { simclrPresets } from "./presets.ts";

/** The recipe of SimCLR. */
export const simclrRecipe: Recipe<SimclrConfig> = {
  name: "simclr",
  title: "SimCLR",
  fields: simclrFields,
  presets: simclrPresets,
  headings: simclrHeadings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({}),
  check: () => {},
};
