import type { DeepclusterV2Config } from "./config.ts";
import {
  deepclusterV2Resnet50Epochs400,
  deepclusterV2Resnet50Epochs400LargeViews,
  deepclusterV2Resnet50Epochs800,
} from "./resnet50.ts";
import { deepclusterV2Tiny, deepclusterV2TinyResnet } from "./tiny.ts";

/** The presets of DeepCluster-v2 by the name under which tasks know them. */
export const deepclusterV2Presets: Readonly<Record<string, Readonly<DeepclusterV2Config>>> = Object
  .freeze({
    tiny: deepclusterV2Tiny,
    tiny_resnet: deepclusterV2TinyResnet,
    resnet50_400ep: deepclusterV2Resnet50Epochs400,
    resnet50_400ep_2x224: deepclusterV2Resnet50Epochs400LargeViews,
    resnet50_800ep: deepclusterV2Resnet50Epochs800,
  });
