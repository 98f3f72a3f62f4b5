import { type DetectionConfig, detectionFields } from "../configs/mod.ts";
import type { DetectionRequest } from "./prepare_detection.ts";
import type { Saving } from "./saving.ts";

/** What is trained to find objects; fields of its recipe stand beside other options. */
export type ObjectRequest =
  & { protocol: "detection" }
  & DetectionRequest
  & Partial<Omit<DetectionConfig, "protocol" | "preset">>
  & Partial<Saving>;

/** Where the job looks for an option that stands beside the others. */
const places: Readonly<Record<string, "overrides" | "saving">> = {
  ...Object.fromEntries(Object.keys(detectionFields).map((name) => [name, "overrides"] as const)),
  ...{ saveEvery: "saving", keep: "saving", maxRollbacks: "saving" },
};

/** The same request with every option where the job looks for it. */
export function detectionRequest(
  { protocol: _, preset, overrides, saving, ...request }: ObjectRequest,
): DetectionRequest {
  const options = Object.entries(request).filter(([, value]) => value !== undefined);
  const at = (place: string | undefined) =>
    Object.fromEntries(options.filter(([name]) => places[name] === place));
  return {
    ...at(undefined) as typeof request,
    preset,
    overrides: { ...at("overrides"), ...overrides },
    saving: { saveEvery: 120, keep: 1, maxRollbacks: 3, ...at("saving"), ...saving },
  };
}
