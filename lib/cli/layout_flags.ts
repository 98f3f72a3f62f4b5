import { requestFields } from "../configs/mod.ts";
import type { Flags } from "./flag.ts";

/**
 * Flags that say how the work of a step is laid out: less memory for more time, and the same
 * numbers but for rounding. What is left out follows from the network and the device.
 */
export const layoutFlags = {
  accumulate: { ...requestFields.accumulate, otherwise: "1" },
  chunk: { ...requestFields.chunk, otherwise: "none: all of them" },
  recompute: { ...requestFields.recompute, otherwise: "on from width 768" },
} as const satisfies Flags;
