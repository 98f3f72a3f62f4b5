import { published, type PublishedRow } from "./published.ts";

/**
 * Semantic segmentation of ADE20K (val), single scale: UPerNet trained end to end in 160,000 steps,
 * and a linear head on frozen maps. Those of Mugs were not published.
 */
export const segmentationTable: readonly PublishedRow[] = published([
  ["Supervised", "Swin-T", null, "UPerNet mIoU", 44.5, "ibot", "Tables 6, 13, 14"],
  ["MoBY", "Swin-T", null, "UPerNet mIoU", 44.1, "ibot", "Tables 6, 13, 14"],
  ["Supervised", "ViT-S/16", null, "UPerNet mIoU", 44.5, "ibot", "Tables 6, 13, 14"],
  ["Supervised", "ViT-S/16", null, "UPerNet mAcc", 55.5, "ibot", "Tables 6, 13, 14"],
  ["iBOT", "ViT-S/16", 800, "UPerNet mIoU", 45.4, "ibot", "Tables 6, 13, 14"],
  ["iBOT", "ViT-S/16", 800, "UPerNet mAcc", 56.2, "ibot", "Tables 6, 13, 14"],
  ["Supervised", "ViT-B/16", null, "UPerNet mIoU", 46.6, "ibot", "Tables 6, 13, 14"],
  ["Supervised", "ViT-B/16", null, "UPerNet mAcc", 57.0, "ibot", "Tables 6, 13, 14"],
  ["BEiT", "ViT-B/16", null, "UPerNet mIoU", 45.8, "ibot", "Tables 6, 13, 14"],
  ["BEiT", "ViT-B/16", null, "UPerNet mAcc", 55.9, "ibot", "Tables 6, 13, 14"],
  ["DINO", "ViT-B/16", 400, "UPerNet mIoU", 46.8, "ibot", "Tables 6, 13, 14"],
  ["DINO", "ViT-B/16", 400, "UPerNet mAcc", 57.1, "ibot", "Tables 6, 13, 14"],
  ["iBOT", "ViT-B/16", 400, "UPerNet mIoU", 50.0, "ibot", "Tables 6, 13, 14"],
  ["iBOT", "ViT-B/16", 400, "UPerNet mAcc", 60.3, "ibot", "Tables 6, 13, 14"],
  ["Supervised", "ViT-B/16", null, "linear mIoU", 35.4, "ibot", "Table 14"],
  ["Supervised", "ViT-B/16", null, "linear mAcc", 44.6, "ibot", "Table 14"],
  ["BEiT", "ViT-B/16", null, "linear mIoU", 27.4, "ibot", "Table 14"],
  ["BEiT", "ViT-B/16", null, "linear mAcc", 35.5, "ibot", "Table 14"],
  ["DINO", "ViT-B/16", 400, "linear mIoU", 34.5, "ibot", "Table 14"],
  ["DINO", "ViT-B/16", 400, "linear mAcc", 43.7, "ibot", "Table 14"],
  ["iBOT", "ViT-B/16", 400, "linear mIoU", 38.3, "ibot", "Table 14"],
  ["iBOT", "ViT-B/16", 400, "linear mAcc", 48.0, "ibot", "Table 14"],
]);
