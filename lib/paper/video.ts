import { published, type PublishedRow } from "./published.ts";

/** Objects of DAVIS-2017 (val) followed at 480 pixels. Those of Mugs were not published. */
export const videoTable: readonly PublishedRow[] = published([
  ["DINO", "ViT-S/16", 800, "J&F", 61.8, "dino", "Table 5"],
  ["DINO", "ViT-S/16", 800, "J", 60.2, "dino", "Table 5"],
  ["DINO", "ViT-S/16", 800, "F", 63.4, "dino", "Table 5"],
  ["DINO", "ViT-B/16", 400, "J&F", 62.3, "dino", "Table 5"],
  ["DINO", "ViT-B/16", 400, "J", 60.7, "dino", "Table 5"],
  ["DINO", "ViT-B/16", 400, "F", 63.9, "dino", "Table 5"],
  ["DINO", "ViT-S/8", null, "J&F", 69.9, "dino", "Table 5"],
  ["DINO", "ViT-S/8", null, "J", 66.6, "dino", "Table 5"],
  ["DINO", "ViT-S/8", null, "F", 73.1, "dino", "Table 5"],
  ["DINO", "ViT-B/8", null, "J&F", 71.4, "dino", "Table 5"],
  ["DINO", "ViT-B/8", null, "J", 67.9, "dino", "Table 5"],
  ["DINO", "ViT-B/8", null, "F", 74.9, "dino", "Table 5"],
  ["iBOT", "ViT-S/16", 800, "J&F", 61.8, "ibot", "Table 16"],
  ["iBOT", "ViT-S/16", 800, "J", 60.4, "ibot", "Table 16"],
  ["iBOT", "ViT-S/16", 800, "F", 63.2, "ibot", "Table 16"],
  ["Supervised", "ViT-S/8", null, "J&F", 66.0, "dino", "Table 5"],
  ["Supervised", "ViT-S/8", null, "J", 63.9, "dino", "Table 5"],
  ["Supervised", "ViT-S/8", null, "F", 68.1, "dino", "Table 5"],
]);
