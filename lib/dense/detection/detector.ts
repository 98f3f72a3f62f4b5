import type { DetectorBackbone, Neck } from "./feature_maps.ts";
import type { BoxHead, MaskHead } from "./roi_heads.ts";
import type { RpnHead } from "./rpn.ts";

/** Parameters of Cascade Mask R-CNN, under mmdetection's names (Cai and Vasconcelos 2018). */
export type Detector = {
  backbone: DetectorBackbone;
  neck: Neck;
  rpn_head: RpnHead;
  roi_head: { bbox_head: readonly BoxHead[]; mask_head: readonly MaskHead[] };
};
