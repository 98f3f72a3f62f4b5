import type { IbotConfig } from "./config.ts";
import { ibotTiny } from "./tiny.ts";
import { ibotVitBase400, ibotVitLarge250, ibotVitSmall800 } from "./vit.ts";

/** The presets of iBOT by the name under which tasks know them. */
export const ibotPresets: Readonly<Record<string, Readonly<IbotConfig>>> = Object.freeze({
  tiny: ibotTiny,
  vit_small: ibotVitSmall800,
  vit_small_800ep: ibotVitSmall800,
  vit_base_400ep: ibotVitBase400,
  vit_large_250ep: ibotVitLarge250,
});
