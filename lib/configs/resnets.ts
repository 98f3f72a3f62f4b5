import type { ResnetSizes } from "../models/mod.ts";

/** The sizes of ResNet-50, as data: presets are read without TensorFlow.js. */
export const resnet50: Readonly<ResnetSizes> = Object.freeze<ResnetSizes>({
  block: "bottleneck",
  planes: [64, 128, 256, 512],
  stemWidth: 64,
  stem: "large",
  inner: 1,
  layers: [3, 4, 6, 3],
});

/** The sizes of a network of 0.7 million parameters for images of 32 to 64 pixels; ours. */
export const resnetTiny: Readonly<ResnetSizes> = Object.freeze<ResnetSizes>({
  block: "basic",
  planes: [24, 48, 96, 192],
  stemWidth: 24,
  stem: "small",
  inner: 1,
  layers: [1, 1, 1, 1],
});
