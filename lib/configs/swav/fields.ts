import { type Fields, integer, number } from "../field.ts";
import { networkFields, projectionFields, unusedBy, weakViewFields } from "../method_fields.ts";
import { evalFields, optimFields, readFields, warmupFields } from "../shared_fields.ts";
import type { SwavConfig, SwavHeadConfig, SwavObjectiveConfig } from "./config.ts";

const headFields: Fields<SwavHeadConfig> = {
  ...projectionFields,
  prototypes: integer(2, 1 << 20, "Number of prototypes"),
};

const objectiveFields: Fields<SwavObjectiveConfig> = {
  temperature: number(0.01, 10, "Temperature of the predicted assignments"),
  epsilon: number(0.001, 10, "How soft the assignments are that are predicted"),
  sinkhornIterations: integer(0, 100, "Rounds of balancing the assignments"),
  queue: integer(0, 1 << 24, "Earlier embeddings that are assigned with a batch; 0 for none"),
  queueStart: number(0, 100000, "Epochs before the queue begins to fill"),
};

/** Every field of a configuration of SwAV, in the order in which `--help` shows them. */
export const swavFields: Fields<SwavConfig> = {
  ...networkFields("SwAV"),
  ...headFields,
  ...objectiveFields,
  ...weakViewFields("SwAV"),
  ...optimFields,
  ...warmupFields,
  patchEmbedRate: unusedBy("SwAV"),
  ...readFields,
  ...evalFields,
};
