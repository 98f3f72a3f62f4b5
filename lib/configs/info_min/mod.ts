import type { Recipe } from "../recipe.ts";
import { followBatch } from "../rules.ts";
import { checkInfoMin } from "./check.ts";
import type { InfoMinConfig } from "./config.ts";
import { infoMinFields } from "./fields.ts";
import { infoMinHeadings } from "./headings.ts";
import {
  infoMinResnet50Epochs100,
  infoMinResnet50Epochs200,
  infoMinResnet50Epochs800,
} from "./resnet50.ts";
import { infoMinTiny, infoMinTinyResnet } from "./tiny.ts";

/** The recipe of InfoMin. */
export const infoMinRecipe: Recipe<InfoMinConfig> = {
  name: "info_min",
  title: "InfoMin",
  fields: infoMinFields,
  presets: Object.freeze({
    tiny: infoMinTiny,
    tiny_resnet: infoMinTinyResnet,
    resnet50_100ep: infoMinResnet50Epochs100,
    resnet50_200ep: infoMinResnet50Epochs200,
    resnet50_800ep: infoMinResnet50Epochs800,
  }),
  headings: infoMinHeadings,
  scaled: ["tiny", "tiny_resnet"],
  rules: Object.freeze({ teacherMomentum: followBatch }),
  check: checkInfoMin,
};
