import { type ClassifierConfig, classifierFields } from "../configs/mod.ts";
import type { ClassifierRequest } from "./prepare_classifier.ts";
import type { Saving } from "./saving.ts";

/** What is trained with a classifier behind it; fields of its recipe stand beside other options. */
export type TrainedRequest =
  & ClassifierRequest
  & Partial<Omit<ClassifierConfig, "protocol" | "preset">>
  & Partial<Saving>
  & { accumulate?: number; recompute?: boolean };

/** Where the job looks for an option that stands beside the others. */
const places: Readonly<Record<string, "overrides" | "saving" | "layout">> = {
  ...Object.fromEntries(Object.keys(classifierFields).map((name) => [name, "overrides"] as const)),
  ...{ saveEvery: "saving", keep: "saving", maxRollbacks: "saving" },
  ...{ accumulate: "layout", recompute: "layout" },
};

/** The same request with every option where the job looks for it. */
export function classifierRequest(
  { protocol, preset, overrides, saving, layout, ...request }: TrainedRequest,
): ClassifierRequest {
  const options = Object.entries(request).filter(([, value]) => value !== undefined);
  const at = (place: string | undefined) =>
    Object.fromEntries(options.filter(([name]) => places[name] === place));
  return {
    ...at(undefined) as typeof request,
    protocol,
    preset,
    overrides: { ...at("overrides"), ...overrides },
    saving: { saveEvery: 120, keep: 1, maxRollbacks: 3, ...at("saving"), ...saving },
    layout: { ...at("layout"), ...layout },
  };
}
