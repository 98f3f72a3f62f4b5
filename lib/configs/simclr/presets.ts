import type { SimclrConfig } from "./config.ts";
import { simclrResnet50Epochs100, simclrResnet50Epochs1000 } from "./resnet50.ts";
import { simclrTiny, simclrTinyResnet } from "./tiny.ts";

/** The presets of SimCLR by the name under which tasks know them. */
export const simclrPresets: Readonly<Record<string, Readonly<SimclrConfig>>> = Object.freeze({
  tiny: simclrTiny,
  tiny_resnet: simclrTinyResnet,
  resnet50_100ep: simclrResnet50Epochs100,
  resnet50_1000ep: simclrResnet50Epochs1000,
});
