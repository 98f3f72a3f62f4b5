import { type Fields, integer, integers, number } from "../field.ts";
import { networkFields, projectionFields, unusedBy, weakViewFields } from "../method_fields.ts";
import { evalFields, optimFields, readFields, warmupFields } from "../shared_fields.ts";
import type {
  DeepclusterV2Config,
  DeepclusterV2HeadConfig,
  DeepclusterV2ObjectiveConfig,
} from "./config.ts";

const headFields: Fields<DeepclusterV2HeadConfig> = {
  ...projectionFields,
  clusters: integers(2, 1 << 20, "Numbers of prototypes, one for each set of them"),
};

const objectiveFields: Fields<DeepclusterV2ObjectiveConfig> = {
  temperature: number(0.01, 10, "Temperature of the predicted clusters"),
  kMeansIterations: integer(0, 1000, "Rounds of k-means before every epoch"),
  memoryViews: integers(0, 1, "Large views whose embeddings are clustered"),
};

/** Every field of a configuration of DeepCluster-v2, in the order in which `--help` shows them. */
export const deepclusterV2Fields: Fields<DeepclusterV2Config> = {
  ...networkFields("DeepCluster-v2"),
  ...headFields,
  ...objectiveFields,
  ...weakViewFields("DeepCluster-v2"),
  ...optimFields,
  ...warmupFields,
  patchEmbedRate: unusedBy("DeepCluster-v2"),
  ...readFields,
  ...evalFields,
};
