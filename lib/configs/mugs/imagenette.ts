import type { MugsConfig } from "./config.ts";
import { cifar } from "./cifar.ts";

/**
 * Imagenette, Imagewoof and other sets of some ten thousand images, at 96 pixels; see
 * {@linkcode mugsHeadings}.
 */
export const imagenette = Object.freeze(
  {
    ...cifar,
    preset: "imagenette",
    arch: "vit_tiny",
    batchSize: 128,
    epochs: 200,

    imageSize: 96,
    patchSize: 8,
    depth: 12,

    instanceQueue: 4096,
    localGroupQueue: 4096,
    memory: 4096,

    globalSize: 96,
    localSize: 48,
    localScale: [0.05, 0.25],
    blur: 0.5,
    globalBlur: [1, 0.1],
    solarize: 0.2,
    sharedCrops: false,
    strongShare: 0.5,

    teacherMomentum: 0.992,
    evalCrop: "center",
    evalSize: 128,
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;
