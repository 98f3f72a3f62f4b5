import { requestFields } from "../configs/mod.ts";
import type { Flags } from "./flag.ts";

/** Flags that say how a run is saved and recovered, which does not change its numbers. */
export const savingFlags = {
  saveEvery: { ...requestFields.saveEvery, default: 120 },
  keep: { ...requestFields.keep, default: 1 },
  maxRollbacks: { ...requestFields.maxRollbacks, default: 3 },
} as const satisfies Flags;
