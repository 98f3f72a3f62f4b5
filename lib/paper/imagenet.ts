/** A row of the paper's table; accuracies are top-1 in percent, `null` where none was published. */
export type PaperRow = {
  method: string;
  arch: string;
  /** Millions of parameters. */
  parameters: number;
  /** "Effective" epochs: passes over the images times the number of crops, in large crops. */
  epochs: number;
  linear: number | null;
  knn: number | null;
};

/** The method that the paper presents, as its rows name it. */
export const presentedMethod = "Mugs";

/**
 * Linear probing and k-NN on ImageNet-1K after pre-training on ImageNet-1K.
 *
 * Source: Zhou et al., "Mugs: A Multi-Granular Self-Supervised Learning Framework"
 * (arXiv:2203.14415), the main comparison on ImageNet-1K.
 */
export const imagenet: readonly PaperRow[] = Object.freeze([
  ...rows("ResNet-50", 23, [
    ["MoCo-v3", 1600, 74.6, null],
    ["SimCLR", 1600, 69.3, null],
    ["InfoMin Aug", 1600, 73.0, null],
    ["SimSiam", 1600, 71.3, null],
    ["BYOL", 2000, 74.3, null],
    ["SwAV", 2400, 75.3, 65.7],
    ["DeepCluster-v2", 2400, 75.2, null],
    ["DINO", 3200, 75.3, 67.5],
  ]),
  ...rows("ViT-S/16", 21, [
    ["MoCo-v3", 3200, 73.4, null],
    ["SwAV", 3200, 73.5, 66.3],
    ["DINO", 3200, 77.0, 74.5],
    ["iBOT", 3200, 77.9, 75.2],
    ["Mugs", 3200, 78.9, 75.6],
  ]),
  ...rows("ViT-B/16", 85, [
    ["MoCo-v3", 1200, 76.7, null],
    ["DINO", 1600, 78.2, 76.1],
    ["iBOT", 1600, 79.5, 77.1],
    ["Mugs", 1600, 80.6, 78.0],
  ]),
  ...rows("ViT-L/16", 307, [
    ["MoCo-v3", 1200, 77.6, null],
    ["iBOT", 1000, 81.0, 78.0],
    ["Mugs", 1000, 82.1, 80.3],
  ]),
]);

function rows(
  arch: string,
  parameters: number,
  results: [method: string, epochs: number, linear: number, knn: number | null][],
): Readonly<PaperRow>[] {
  return results.map(([method, epochs, linear, knn]) =>
    Object.freeze({ method, arch, parameters, epochs, linear, knn })
  );
}
