import { cifar } from "./cifar.ts";
import type { MugsConfig } from "./config.ts";
import { imagenet100 } from "./imagenet100.ts";
import { imagenette } from "./imagenette.ts";
import { tiny } from "./tiny.ts";
import { vitBase400 } from "./vit_base.ts";
import { vitLarge250 } from "./vit_large.ts";
import { vitSmall100, vitSmall300, vitSmall800 } from "./vit_small.ts";

/**
 * The presets of Mugs by the name under which tasks know them; `vit_small` is short for
 * `vit_small_100ep`.
 */
export const mugsPresets: Readonly<Record<string, Readonly<MugsConfig>>> = Object.freeze({
  tiny,
  cifar,
  imagenette,
  imagenet100,
  vit_small: vitSmall100,
  vit_small_100ep: vitSmall100,
  vit_small_300ep: vitSmall300,
  vit_small_800ep: vitSmall800,
  vit_base_400ep: vitBase400,
  vit_large_250ep: vitLarge250,
});
