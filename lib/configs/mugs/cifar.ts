import type { MugsConfig } from "./config.ts";
import { tiny } from "./tiny.ts";

/**
 * CIFAR-10 and CIFAR-100 at 32 pixels on one small GPU or a patient CPU; see
 * {@linkcode mugsHeadings}.
 */
export const cifar = Object.freeze(
  {
    ...tiny,
    preset: "cifar",
    batchSize: 256,
    epochs: 200,

    patchSize: 4,
    width: 192,
    depth: 9,
    heads: 3,
    dropPath: 0.1,

    headHidden: 512,
    predictorHidden: 512,
    prototypes: 2048,
    batchNormInHead: false,

    instanceQueue: 8192,
    localGroupQueue: 8192,
    memory: 8192,

    // A blur would leave little of 32 pixels.
    blur: 0,
    globalBlur: [0, 0],

    learningRate: 1e-3,
    learningRateBatch: 256,
    teacherMomentum: 0.99,
    evalSize: 32,
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;
