import { type DinoConfig, recipes } from "../configs/mod.ts";

/** The smallest run of DINO that has every part, for tests. */
export const dinoSample: DinoConfig = {
  ...recipes.dino.presets.tiny!,
  preset: "sample",
  batchSize: 4,
  epochs: 2,
  precision: "float32",
  imageSize: 8,
  patchSize: 4,
  width: 8,
  depth: 2,
  heads: 2,
  mlpRatio: 2,
  dropPath: 0.5,
  headHidden: 8,
  bottleneck: 6,
  prototypes: 10,
  globalSize: 8,
  localSize: 4,
  localCrops: 3,
  learningRateBatch: null,
  freezeLastLayer: 0,
};

/** As {@linkcode dinoSample}, with a residual network. */
export const dinoSampleResnet: DinoConfig = {
  ...dinoSample,
  globalSize: 16,
  localSize: 8,
  resnet: {
    block: "basic",
    layers: [1, 1, 1, 1],
    planes: [2, 2, 4, 4],
    stemWidth: 2,
    stem: "small",
    inner: 1,
  },
};
