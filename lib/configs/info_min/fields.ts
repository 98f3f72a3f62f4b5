import { type Fields, integer, number, share } from "../field.ts";
import { largeViewFields, networkFields, unusedBy } from "../method_fields.ts";
import { cropsFields, evalFields, optimFields, readFields } from "../shared_fields.ts";
import type { InfoMinConfig, InfoMinObjectiveConfig, InfoMinViewsConfig } from "./config.ts";

const viewsFields: Fields<InfoMinViewsConfig> = {
  jigsawCrop: integer(12, 1024, "Pixels of the square that is cut into nine cells"),
  jigsawPatch: integer(4, 340, "Pixels of the patch that is cut out of each cell"),
};

const objectiveFields: Fields<InfoMinObjectiveConfig> = {
  headOut: integer(2, 8192, "Width of the embeddings"),
  queue: integer(2, 1 << 24, "Keys of earlier images that queries are compared with"),
  temperature: number(0.01, 10, "Temperature of the similarities"),
  jigsawShare: share("Weight of the loss of the patches"),
};

/** Every field of a configuration of InfoMin, in the order in which `--help` shows them. */
export const infoMinFields: Fields<InfoMinConfig> = {
  ...networkFields("InfoMin"),
  ...objectiveFields,
  ...largeViewFields("InfoMin"),
  randAugment: cropsFields.randAugment,
  ...viewsFields,
  ...optimFields,
  patchEmbedRate: unusedBy("InfoMin"),
  freezeLastLayer: unusedBy("InfoMin"),
  teacherMomentum: share("Momentum of the teacher"),
  ...readFields,
  ...evalFields,
};
