import { type Fields, flag, integer } from "../field.ts";
import { largeViewFields, networkFields, unusedBy } from "../method_fields.ts";
import { evalFields, optimFields, readFields } from "../shared_fields.ts";
import type { SimsiamConfig, SimsiamHeadConfig, SimsiamObjectiveConfig } from "./config.ts";

const headFields: Fields<SimsiamHeadConfig> = {
  projectorLayers: integer(1, 8, "Linear layers of the projector"),
  headOut: integer(2, 8192, "Width of the embeddings"),
  predictorHidden: integer(2, 8192, "Hidden width of the predictor"),
};

const objectiveFields: Fields<SimsiamObjectiveConfig> = {
  constantPredictorRate: flag("Keep the first rate of the predictor to the end"),
  stopGradient: flag("Let no gradient reach the projections that are predicted"),
};

/** Every field of a configuration of SimSiam, in the order in which `--help` shows them. */
export const simsiamFields: Fields<SimsiamConfig> = {
  ...networkFields("SimSiam"),
  ...headFields,
  ...objectiveFields,
  ...largeViewFields("SimSiam"),
  ...optimFields,
  patchEmbedRate: unusedBy("SimSiam"),
  freezeLastLayer: unusedBy("SimSiam"),
  ...readFields,
  ...evalFields,
};
