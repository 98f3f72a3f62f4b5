import type { SwavConfig } from "./config.ts";
import {
  swavResnet50Epochs100,
  swavResnet50Epochs200,
  swavResnet50Epochs400,
  swavResnet50Epochs400Batch256,
  swavResnet50Epochs800,
} from "./resnet50.ts";
import { swavTiny, swavTinyResnet } from "./tiny.ts";
import { swavVitSmall800 } from "./vit_small.ts";

/** The presets of SwAV by the name under which tasks know them. */
export const swavPresets: Readonly<Record<string, Readonly<SwavConfig>>> = Object.freeze({
  tiny: swavTiny,
  tiny_resnet: swavTinyResnet,
  vit_small: swavVitSmall800,
  vit_small_800ep: swavVitSmall800,
  resnet50_100ep: swavResnet50Epochs100,
  resnet50_200ep: swavResnet50Epochs200,
  resnet50_400ep: swavResnet50Epochs400,
  resnet50_400ep_bs256: swavResnet50Epochs400Batch256,
  resnet50_800ep: swavResnet50Epochs800,
});
