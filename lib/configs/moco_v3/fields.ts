import { type Fields, flag, integer, number } from "../field.ts";
import { largeViewFields, networkFields, unusedBy } from "../method_fields.ts";
import { evalFields, optimFields, readFields, teacherFields } from "../shared_fields.ts";
import type { MocoV3Config, MocoV3HeadConfig, MocoV3ObjectiveConfig } from "./config.ts";

const headFields: Fields<MocoV3HeadConfig> = {
  projectorLayers: integer(1, 8, "Linear layers of the projector"),
  headHidden: integer(8, 16384, "Hidden width of projector and predictor"),
  headOut: integer(2, 8192, "Width of the embeddings"),
  normAfterPredictor: flag("Normalize by batch after the predictor"),
};

const objectiveFields: Fields<MocoV3ObjectiveConfig> = {
  temperature: number(0.01, 10, "Temperature of the similarities"),
  risingMomentum: flag("Let the teacher's momentum rise to 1"),
  frozenPatches: flag("Leave the projection of patches as it is"),
};

/** Every field of a configuration of MoCo-v3, in the order in which `--help` shows them. */
export const mocoV3Fields: Fields<MocoV3Config> = {
  ...networkFields("MoCo-v3"),
  ...headFields,
  ...objectiveFields,
  ...largeViewFields("MoCo-v3"),
  ...optimFields,
  patchEmbedRate: unusedBy("MoCo-v3"),
  freezeLastLayer: unusedBy("MoCo-v3"),
  ...teacherFields,
  ...readFields,
  ...evalFields,
};
