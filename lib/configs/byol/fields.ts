import { type Fields, integer } from "../field.ts";
import { largeViewFields, networkFields, unusedBy } from "../method_fields.ts";
import { evalFields, optimFields, readFields, teacherFields } from "../shared_fields.ts";
import type { ByolConfig, ByolHeadConfig } from "./config.ts";

const headFields: Fields<ByolHeadConfig> = {
  headHidden: integer(8, 16384, "Hidden width of the projector"),
  predictorHidden: integer(8, 16384, "Hidden width of the predictor"),
  headOut: integer(2, 8192, "Width of the embeddings"),
};

/** Every field of a configuration of BYOL, in the order in which `--help` shows them. */
export const byolFields: Fields<ByolConfig> = {
  ...networkFields("BYOL"),
  ...headFields,
  classes: { kind: "fixed", about: "Classes of a linear classifier that is trained beside" },
  ...largeViewFields("BYOL"),
  ...optimFields,
  patchEmbedRate: unusedBy("BYOL"),
  freezeLastLayer: unusedBy("BYOL"),
  ...teacherFields,
  ...readFields,
  ...evalFields,
};
