import { multiCropResnet50, publishedResnet50 } from "../published_resnet50.ts";
import type { DeepclusterV2Config } from "./config.ts";

/** The published ResNet-50, for 800 epochs; see {@linkcode deepclusterV2Headings}. */
export const deepclusterV2Resnet50Epochs800 = Object.freeze(
  {
    ...publishedResnet50,
    method: "deepcluster_v2",
    preset: "resnet50_800ep",
    batchSize: 4096,
    epochs: 800,

    headHidden: 2048,
    headOut: 128,
    clusters: [3000, 3000, 3000],

    temperature: 0.1,
    kMeansIterations: 10,
    memoryViews: [0, 1],

    ...multiCropResnet50,
    // For 300000 steps, and the run has fewer.
    freezeLastLayer: "100%",
  } as const satisfies DeepclusterV2Config,
) as Readonly<DeepclusterV2Config>;

/** Smaller and fewer views, for 400 epochs; see {@linkcode deepclusterV2Headings}. */
export const deepclusterV2Resnet50Epochs400 = Object.freeze(
  {
    ...deepclusterV2Resnet50Epochs800,
    preset: "resnet50_400ep",
    epochs: 400,
    globalSize: 160,
    globalScale: [0.08, 1],
    localCrops: 4,
  } as const satisfies DeepclusterV2Config,
) as Readonly<DeepclusterV2Config>;

/** Two large views alone, for 400 epochs; see {@linkcode deepclusterV2Headings}. */
export const deepclusterV2Resnet50Epochs400LargeViews = Object.freeze(
  {
    ...deepclusterV2Resnet50Epochs400,
    preset: "resnet50_400ep_2x224",
    globalSize: 224,
    localCrops: 0,
  } as const satisfies DeepclusterV2Config,
) as Readonly<DeepclusterV2Config>;
