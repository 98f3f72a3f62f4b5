import { dinoTiny } from "../dino/tiny.ts";
import type { IbotConfig } from "./config.ts";
import { ibotVitSmall800 } from "./vit.ts";

const { batchNormInHead: _, ...dino } = dinoTiny;

/** DINO's preset of this name with the masks of iBOT; see {@linkcode ibotHeadings}. */
export const ibotTiny = Object.freeze(
  {
    ...ibotVitSmall800,
    ...dino,
    method: "ibot",
    preset: "tiny",
    patchPrototypes: 1024,
  } as const satisfies IbotConfig,
) as Readonly<IbotConfig>;
