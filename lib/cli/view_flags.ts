import { requestFields } from "../configs/mod.ts";
import type { Flags } from "./flag.ts";

/** Flags that say how views are made faster than the original makes them: they change pixels. */
export const viewFlags = {
  reducedDecoding: { ...requestFields.reducedDecoding, default: false },
  augmentOn: { ...requestFields.augmentOn, default: "host" },
} as const satisfies Flags;
