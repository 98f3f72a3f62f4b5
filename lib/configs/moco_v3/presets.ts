import type { MocoV3Config } from "./config.ts";
import {
  mocoV3Resnet50Epochs100,
  mocoV3Resnet50Epochs1000,
  mocoV3Resnet50Epochs300,
} from "./resnet50.ts";
import { mocoV3Tiny, mocoV3TinyResnet } from "./tiny.ts";
import { mocoV3VitBase300, mocoV3VitLarge300, mocoV3VitSmall300 } from "./vit.ts";

/** The presets of MoCo-v3 by the name under which tasks know them. */
export const mocoV3Presets: Readonly<Record<string, Readonly<MocoV3Config>>> = Object.freeze({
  tiny: mocoV3Tiny,
  tiny_resnet: mocoV3TinyResnet,
  vit_small: mocoV3VitSmall300,
  vit_small_300ep: mocoV3VitSmall300,
  vit_base_300ep: mocoV3VitBase300,
  vit_large_300ep: mocoV3VitLarge300,
  resnet50_100ep: mocoV3Resnet50Epochs100,
  resnet50_300ep: mocoV3Resnet50Epochs300,
  resnet50_1000ep: mocoV3Resnet50Epochs1000,
});
