import type { MugsConfig } from "./config.ts";
import { vitSmall300 } from "./vit_small.ts";

/**
 * ViT-B/16 for 400 epochs; see {@linkcode mugsHeadings}. The release's script keeps the prototypes
 * at unit length, its README does not: here it is as in the script, and `--no-norm-last-layer` is
 * as in the README.
 */
export const vitBase400 = Object.freeze(
  {
    ...vitSmall300,
    preset: "vit_base_400ep",
    arch: "vit_base",
    batchSize: 1008,
    epochs: 400,
    width: 768,
    heads: 12,
    minLearningRate: 2e-6,
    teacherTemperatureWarmup: 50,
    normLastLayer: true,
    freezeLastLayer: 3,
  } as const satisfies MugsConfig,
) as Readonly<MugsConfig>;
