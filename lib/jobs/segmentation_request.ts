import { type SegmentationConfig, segmentationFields } from "../configs/mod.ts";
import type { SegmentationRequest } from "./prepare_segmentation.ts";
import { intoParts, recipeFieldNames, savingNames } from "./option_parts.ts";
import type { Saving } from "./saving.ts";

/** What is trained to tell classes of pixels; fields of its recipe stand beside other options. */
export type PixelRequest =
  & { protocol: "segmentation" }
  & SegmentationRequest
  & Partial<Omit<SegmentationConfig, "protocol" | "preset">>
  & Partial<Saving>;

/** The same request with every option where the job looks for it. */
export function segmentationRequest(
  { protocol: _, ...request }: PixelRequest,
): SegmentationRequest {
  const overrides = recipeFieldNames(segmentationFields);
  return intoParts(request, { overrides, saving: savingNames }) as SegmentationRequest;
}
