import type { ByolConfig } from "./config.ts";
import {
  byolResnet50Epochs100,
  byolResnet50Epochs1000,
  byolResnet50Epochs300,
  byolResnet50Epochs40,
} from "./resnet50.ts";
import { byolTiny, byolTinyResnet } from "./tiny.ts";

/** The presets of BYOL by the name under which tasks know them. */
export const byolPresets: Readonly<Record<string, Readonly<ByolConfig>>> = Object.freeze({
  tiny: byolTiny,
  tiny_resnet: byolTinyResnet,
  resnet50_40ep: byolResnet50Epochs40,
  resnet50_100ep: byolResnet50Epochs100,
  resnet50_300ep: byolResnet50Epochs300,
  resnet50_1000ep: byolResnet50Epochs1000,
});
