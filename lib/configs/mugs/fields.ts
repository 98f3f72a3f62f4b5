import type { HeadsConfig } from "../../objectives/mod.ts";
import { choice, type Fields, flag, integer, number, numbers, orNone, share } from "../field.ts";
import {
  backboneFields,
  cropsFields,
  evalFields,
  optimFields,
  readFields,
  runFields,
  teacherFields,
  temperatureFields,
} from "../shared_fields.ts";
import type { MugsConfig, ObjectiveConfig } from "./config.ts";

const headFields: Fields<HeadsConfig> = {
  headHidden: integer(8, 16384, "Hidden width of the projectors"),
  predictorHidden: integer(8, 16384, "Hidden width of the predictors"),
  headOut: integer(2, 8192, "Width of the instance embeddings"),
  localGroupOut: orNone(integer(2, 8192, "Width of the local-group embeddings; none: the same")),
  bottleneck: integer(2, 8192, "Width before the prototypes"),
  prototypes: integer(2, 262144, "Prototypes of the group loss"),
  batchNormInHead: flag("Normalize by batch in the projectors"),
  normBeforePredictor: flag("Normalize before the predictor"),
  normLastLayer: flag("Keep the prototypes at unit length"),
};

const objectiveFields: Fields<ObjectiveConfig> = {
  instanceQueue: integer(1, 1 << 20, "Negatives of the instance loss"),
  localGroupQueue: integer(1, 1 << 20, "Negatives of the local-group loss"),
  memory: integer(1, 1 << 20, "Images among which neighbors are searched"),
  neighbors: integer(1, 256, "Neighbors of an image in the local-group loss"),
  instanceTemperature: number(0.01, 10, "Temperature of the instance loss"),
  localGroupTemperature: number(0.01, 10, "Temperature of the local-group loss"),
  studentTemperature: number(0.01, 10, "Temperature of the student in the group loss"),
  centerMomentum: share("Momentum of the teacher's center"),
  lossWeights: numbers(3, [0, 100], "Weights of the instance, local-group and group loss"),
  lossSum: choice(
    ["weighted", "reference"],
    "Sum of the losses; reference: unweighted, as released",
  ),
  memoryPointer: choice(
    ["fixed", "reference"],
    "Pointer of the memories; reference: moved twice a step, as released",
  ),
};

/** Every field of a configuration of Mugs, in the order in which `--help` shows them. */
export const mugsFields: Fields<MugsConfig> = {
  ...runFields,
  ...backboneFields,
  ...headFields,
  ...objectiveFields,
  ...cropsFields,
  ...optimFields,
  ...teacherFields,
  ...temperatureFields,
  ...readFields,
  ...evalFields,
};
