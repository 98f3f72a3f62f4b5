import type { Recipe } from "../recipe.ts";
import { checkDeepclusterV2 } from "./check.ts";
import type { DeepclusterV2Config } from "./config.ts";
import { deepclusterV2Fields } from "./fields.ts";
import { deepclusterV2Headings } from "./headings.ts";
import { deepclusterV2Presets } from "./presets.ts";

/** The recipe of DeepCluster-v2. */
export const deepclusterV2Recipe: Recipe<DeepclusterV2Config> = {
  name: "deepcluster_v2",
  title: "DeepCluster-v2",
  fields: deepclusterV2Fields,
  presets: deepclusterV2Presets,
  headings: deepclusterV2Headings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({}),
  check: checkDeepclusterV2,
};
