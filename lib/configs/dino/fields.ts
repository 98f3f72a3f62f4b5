import { type Fields, flag, integer, number, share } from "../field.ts";
import { networkFields, weakViewFields } from "../method_fields.ts";
import {
  evalFields,
  optimFields,
  readFields,
  teacherFields,
  temperatureFields,
} from "../shared_fields.ts";
import type { DinoConfig, DinoHeadConfig, DinoObjectiveConfig } from "./config.ts";

const headFields: Fields<DinoHeadConfig> = {
  headLayers: integer(1, 8, "Linear layers of the head before the prototypes"),
  headHidden: integer(8, 16384, "Hidden width of the head"),
  bottleneck: integer(2, 8192, "Width before the prototypes"),
  prototypes: integer(2, 262144, "Prototypes"),
  batchNormInHead: flag("Normalize by batch in the head"),
  normLastLayer: flag("Keep the prototypes at unit length"),
};

const objectiveFields: Fields<DinoObjectiveConfig> = {
  studentTemperature: number(0.01, 10, "Temperature of the student"),
  centerMomentum: share(
    "Momentum of the teacher's center; 1: it stays zero, as if there were none",
  ),
};

/** Every field of a configuration of DINO, in the order in which `--help` shows them. */
export const dinoFields: Fields<DinoConfig> = {
  ...networkFields("DINO"),
  ...headFields,
  ...objectiveFields,
  ...weakViewFields("DINO"),
  ...optimFields,
  ...teacherFields,
  ...temperatureFields,
  ...readFields,
  ...evalFields,
};
