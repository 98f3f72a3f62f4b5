import type { DinoConfig } from "./config.ts";
import { dinoResnet50Epochs100, dinoResnet50Epochs800 } from "./resnet50.ts";
import { dinoTiny, dinoTinyResnet } from "./tiny.ts";
import { dinoVitBase400 } from "./vit_base.ts";
import { dinoVitSmall100, dinoVitSmall300, dinoVitSmall800 } from "./vit_small.ts";

/** The presets of DINO by the name under which tasks know them. */
export const dinoPresets: Readonly<Record<string, Readonly<DinoConfig>>> = Object.freeze({
  tiny: dinoTiny,
  tiny_resnet: dinoTinyResnet,
  vit_small: dinoVitSmall100,
  vit_small_100ep: dinoVitSmall100,
  vit_small_300ep: dinoVitSmall300,
  vit_small_800ep: dinoVitSmall800,
  vit_base_400ep: dinoVitBase400,
  resnet50_100ep: dinoResnet50Epochs100,
  resnet50_800ep: dinoResnet50Epochs800,
});
