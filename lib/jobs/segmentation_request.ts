import { type SegmentationConfig, segmentationFields } from "../configs/mod.ts";
import type { SegmentationRequest } from "./prepare_segmentation.ts";
import type { Saving } from "./saving.ts";

/** What is trained to tell classes of pixels; fields of its recipe stand beside other options. */
export type PixelRequest =
  & { protocol: "segmentation" }
  & SegmentationRequest
  & Partial<Omit<SegmentationConfig, "protocol" | "preset">>
  & Partial<Saving>;

/** Where the job looks for an option that stands beside the others. */
const places: Readonly<Record<string, "overrides" | "saving">> = {
  ...Object.fromEntries(
    Object.keys(segmentationFields).map((name) => [name, "overrides"] as const),
  ),
  ...{ saveEvery: "saving", keep: "saving", maxRollbacks: "saving" },
};

/** The same request with every option where the job looks for it. */
export function segmentationRequest(
  { protocol: _, preset, overrides, saving, ...request }: PixelRequest,
): SegmentationRequest {
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
