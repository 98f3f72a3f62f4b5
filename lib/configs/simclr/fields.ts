import { type Fields, flag, integer, number } from "../field.ts";
import { largeViewFields, networkFields, unusedBy } from "../method_fields.ts";
import { evalFields, optimFields, readFields } from "../shared_fields.ts";
import type { SimclrConfig, SimclrHeadConfig } from "./config.ts";

const headFields: Fields<SimclrHeadConfig> = {
  projectorLayers: integer(1, 8, "Linear layers of the projector"),
  headOut: integer(2, 8192, "Width of the embeddings"),
};

/** Every field of a configuration of SimCLR, in the order in which `--help` shows them. */
export const simclrFields: Fields<SimclrConfig> = {
  ...networkFields("SimCLR"),
  ...headFields,
  temperature: number(0.01, 10, "Temperature of the similarities"),
  ...largeViewFields("SimCLR"),
  ...optimFields,
  rootRate: flag("Let the rate grow with the root of the batch"),
  patchEmbedRate: unusedBy("SimCLR"),
  freezeLastLayer: unusedBy("SimCLR"),
  ...readFields,
  ...evalFields,
};
