import { requestFields } from "../configs/mod.ts";
import type { Flags } from "./flag.ts";

/** Flags that change what is seen of an image when it is scored. */
export const evalViewFlags = {
  evalCrop: { ...requestFields.evalCrop, otherwise: "as in training" },
  evalSize: { ...requestFields.evalSize, otherwise: "as in training" },
  exif: { ...requestFields.exif, otherwise: "as in training" },
} as const satisfies Flags;
