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
