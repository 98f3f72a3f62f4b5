import type { ClassifierImageConfig } from "./config.ts";

/** How all official protocols show images: timm's augmentation, mixup and cutmix. */
export const shownImages: Readonly<ClassifierImageConfig> = Object.freeze<ClassifierImageConfig>({
  imageSize: 224,
  cropScale: [0.08, 1],
  flip: 0.5,
  randAugment: [9, 0.5],
  erasing: 0.25,
  mixup: 0.8,
  cutmix: 1,
  switchProbability: 0.5,
  smoothing: 0.1,
  repeats: 1,
  repeatRound: 256,
  evalFilter: "bicubic",
  evalCrop: "center",
  exif: false,
});
