import { published, type PublishedRow } from "./published.ts";

/** Weighted k-NN on frozen class tokens of ImageNet-1K, top-1. */
export const knnTable: readonly PublishedRow[] = published([
  ["Mugs", "ViT-S/16", 100, "k-NN", 72.3, "mugs-readme", "Table 1"],
  ["Mugs", "ViT-S/16", 300, "k-NN", 74.8, "mugs-readme", "Table 1"],
  ["Mugs", "ViT-S/16", 800, "k-NN", 75.6, "mugs-readme", "Table 1"],
  ["Mugs", "ViT-B/16", 400, "k-NN", 78.0, "mugs-readme", "Table 1"],
  ["Mugs", "ViT-L/16", 250, "k-NN", 80.3, "mugs-readme", "Table 1"],
  ["Mugs", "ViT-L/16", 250, "k-NN", 80.2, "dinov2", "ImageNet table", "evaluated again by others"],
  ["SwAV", "ResNet-50", 800, "k-NN", 65.7, "ibot", "Table 1"],
  ["DINO", "ResNet-50", 800, "k-NN", 67.5, "ibot", "Table 1"],
  ["SwAV", "ViT-S/16", 800, "k-NN", 66.3, "ibot", "Table 1"],
  ["DINO", "ViT-S/16", 800, "k-NN", 74.5, "ibot", "Table 1"],
  ["DINO", "ViT-B/16", 400, "k-NN", 76.1, "ibot", "Table 1"],
  ["iBOT", "ViT-S/16", 800, "k-NN", 75.2, "ibot", "Table 1"],
  ["iBOT", "ViT-B/16", 400, "k-NN", 77.1, "ibot", "Table 1"],
  ["iBOT", "ViT-L/16", null, "k-NN", 78.0, "ibot", "Table 1"],
  ["SimCLR", "ResNet-50", null, "k-NN", 60.7, "dino", "Table 2"],
  ["MoCo-v2", "ResNet-50", null, "k-NN", 61.9, "dino", "Table 2"],
  ["InfoMin", "ResNet-50", null, "k-NN", 65.3, "dino", "Table 2"],
  ["BYOL", "ResNet-50", null, "k-NN", 64.8, "dino", "Table 2"],
  ["DeepCluster-v2", "ResNet-50", null, "k-NN", 67.1, "dino", "Table 2"],
  ["SwAV", "ResNet-50", null, "k-NN", 65.7, "dino", "Table 2"],
  ["DINO", "ResNet-50", null, "k-NN", 67.5, "dino", "Table 2"],
  ["BYOL", "ViT-S/16", 300, "k-NN", 66.6, "dino", "Table 2", "run by the authors of DINO"],
  ["MoCo-v2", "ViT-S/16", 800, "k-NN", 64.4, "dino", "Table 2", "run by the authors of DINO"],
  ["SwAV", "ViT-S/16", 800, "k-NN", 66.3, "dino", "Table 2", "run by the authors of DINO"],
]);
