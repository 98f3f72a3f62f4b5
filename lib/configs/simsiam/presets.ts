import type { SimsiamConfig } from "./config.ts";
import {
  simsiamResnet50Epochs100,
  simsiamResnet50Epochs100Batch256,
  simsiamResnet50Epochs800,
} from "./resnet50.ts";
import { simsiamTiny, simsiamTinyResnet } from "./tiny.ts";

/** The presets of SimSiam by the name under which tasks know them. */
export const simsiamPresets: Readonly<Record<string, Readonly<SimsiamConfig>>> = Object.freeze({
  tiny: simsiamTiny,
  tiny_resnet: simsiamTinyResnet,
  resnet50_100ep: simsiamResnet50Epochs100,
  resnet50_100ep_bs256: simsiamResnet50Epochs100Batch256,
  resnet50_800ep: simsiamResnet50Epochs800,
});
