import { type DetectionConfig, detectionFields } from "../configs/mod.ts";
import type { DetectionRequest } from "./prepare_detection.ts";
import { intoParts, recipeFieldNames, savingNames } from "./option_parts.ts";
import type { Saving } from "./saving.ts";

/** What is trained to find objects; fields of its recipe stand beside other options. */
export type ObjectRequest =
  & { protocol: "detection" }
  & DetectionRequest
  & Partial<Omit<DetectionConfig, "protocol" | "preset">>
  & Partial<Saving>;

/** The same request with every option where the job looks for it. */
export function detectionRequest({ protocol: _, ...request }: ObjectRequest): DetectionRequest {
  const overrides = recipeFieldNames(detectionFields);
  return intoParts(request, { overrides, saving: savingNames }) as DetectionRequest;
}
