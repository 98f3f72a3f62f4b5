import type { LoadOptions, VitEncoderOptions } from "../models/mod.ts";
import * as modelsRoom from "../models/mod.ts";
import { guarded, options } from "./guard.ts";
import { integer, thing } from "./kind.ts";
import { file, flag, precision, random, text } from "./things.ts";

const sizes = thing("the sizes of a network, such as a configuration's", {
  imageSize: "number",
  patchSize: "number",
  width: "number",
  depth: "number",
});

const encoderOptions = { heads: integer(1), name: text, trained: flag, precision } as const;
const loadOptions = options<LoadOptions>({ ...encoderOptions, key: text });

export const {
  describeBackbone,
  initVit,
  loadEncoder,
  loadVit,
  untrained,
  vitEncoder,
} = guarded(modelsRoom, {
  describeBackbone: { sizes },
  initVit: { sizes, random },
  loadEncoder: { path: file, "options?": loadOptions },
  loadVit: { path: file, "options?": loadOptions },
  untrained: {
    config: sizes,
    "options?": options<{ name?: string; precision?: string }>({ name: text, precision }),
  },
  vitEncoder: {
    params: thing("the parameters of a ViT, such as `initVit` makes", {
      cls_token: "object",
      blocks: "list",
    }),
    options: options<VitEncoderOptions>(encoderOptions, { needs: ["heads"] }),
  },
}, { computing: ["initVit", "loadEncoder", "loadVit", "untrained"] });
