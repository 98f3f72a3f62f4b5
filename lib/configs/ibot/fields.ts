import { choice, type Fields, flag, integer, number, numbers, share, span } from "../field.ts";
import { networkFields, unusedBy, weakViewFields } from "../method_fields.ts";
import {
  evalFields,
  optimFields,
  readFields,
  teacherFields,
  temperatureFields,
} from "../shared_fields.ts";
import type { IbotConfig, IbotHeadConfig, IbotMaskConfig, IbotObjectiveConfig } from "./config.ts";

const headFields: Fields<IbotHeadConfig> = {
  headLayers: integer(2, 8, "Linear layers of the head before the prototypes"),
  headHidden: integer(8, 16384, "Hidden width of the head"),
  bottleneck: integer(2, 8192, "Width before the prototypes"),
  prototypes: integer(2, 262144, "Prototypes of class tokens"),
  patchPrototypes: integer(2, 262144, "Prototypes of patches"),
  sharedHead: flag("Give class tokens and patches the same prototypes"),
  normLastLayer: flag("Keep the prototypes at unit length"),
};

const maskFields: Fields<IbotMaskConfig> = {
  maskRatios: numbers(2, [0, 1], "Masked shares of the patches, of which one is drawn"),
  maskVariances: numbers(2, [0, 1], "How far each of these shares varies"),
  maskShape: choice(["block", "random"], "What is masked: rectangles, or patches one by one"),
  maskStart: span("How long nothing is masked at first"),
};

const objectiveFields: Fields<IbotObjectiveConfig> = {
  studentTemperature: number(0.01, 10, "Temperature of the student"),
  centerMomentum: share("Momentum of the center of class tokens"),
  patchCenterMomentum: share("Momentum of the center of patches"),
  classWeight: number(0, 100, "Weight of the loss of class tokens"),
  patchWeight: number(0, 100, "Weight of the loss of patches"),
  patchTeacherTemperature: number(0.005, 10, "Temperature of the teacher for patches"),
  warmupPatchTeacherTemperature: number(0.005, 10, "That temperature at the start"),
};

/** Every field of a configuration of iBOT, in the order in which `--help` shows them. */
export const ibotFields: Fields<IbotConfig> = {
  ...networkFields("iBOT"),
  arch: choice(
    ["custom", "vit_tiny", "vit_small", "vit_base", "vit_large"],
    "Architecture; it sets the sizes of the backbone, unless custom",
  ),
  resnet: unusedBy("iBOT"),
  ...headFields,
  ...maskFields,
  ...objectiveFields,
  ...weakViewFields("iBOT"),
  ...optimFields,
  ...teacherFields,
  ...temperatureFields,
  ...readFields,
  ...evalFields,
};
