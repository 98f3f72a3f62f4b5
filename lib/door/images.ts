import type { DecodeOptions } from "../images/mod.ts";
import * as imagesRoom from "../images/mod.ts";
import { guarded, options } from "./guard.ts";
import { either, kind, number, thing } from "./kind.ts";
import { file, flag, image } from "./things.ts";

const bytes = kind("the bytes of one as a Uint8Array", (value) => value instanceof Uint8Array);

export const { decode, encode } = guarded(imagesRoom, {
  decode: {
    source: either(file, bytes),
    "options?": options<DecodeOptions>({
      exif: flag,
      maxPixels: number(1),
      sufficient: thing("the size that suffices"),
    }),
  },
  encode: { image },
});
