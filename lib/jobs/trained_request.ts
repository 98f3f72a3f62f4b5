import { type ClassifierConfig, classifierFields } from "../configs/mod.ts";
import type { ClassifierRequest } from "./prepare_classifier.ts";
import { intoParts, recipeFieldNames, savingNames } from "./option_parts.ts";
import type { Saving } from "./saving.ts";

/** What is trained with a classifier behind it; fields of its recipe stand beside other options. */
export type TrainedRequest =
  & ClassifierRequest
  & Partial<Omit<ClassifierConfig, "protocol" | "preset">>
  & Partial<Saving>
  & { accumulate?: number; recompute?: boolean };

/** The same request with every option where the job looks for it. */
export function classifierRequest(request: TrainedRequest): ClassifierRequest {
  const overrides = recipeFieldNames(classifierFields);
  const layout = ["accumulate", "recompute"];
  return intoParts(request, { overrides, saving: savingNames, layout }) as ClassifierRequest;
}
