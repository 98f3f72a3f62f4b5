import { choice, type Field, type Fields, flag, integer, number, share } from "../field.ts";
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
  centerMomentum: share("Momentum of the teacher's center"),
};

/** What DINO has no use for. */
const unused: Field = { kind: "fixed", about: "Not used by DINO" };

/** Every field of a configuration of DINO, in the order in which `--help` shows them. */
export const dinoFields: Fields<DinoConfig> = {
  ...runFields,
  arch: choice(
    [
      ...["custom", "vit_tiny", "vit_small", "vit_base", "vit_large"],
      ...["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "wide_resnet50_2"],
    ],
    "Architecture; it sets the sizes of the backbone, unless custom",
  ),
  ...backboneFields,
  relationBlocks: unused,
  ...headFields,
  ...objectiveFields,
  ...cropsFields,
  sharedCrops: unused,
  strongShare: unused,
  randAugment: unused,
  erasing: unused,
  erasingNoise: unused,
  ...optimFields,
  ...teacherFields,
  ...temperatureFields,
  ...readFields,
  ...evalFields,
};
