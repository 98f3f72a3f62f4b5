import type { Flags } from "./flag.ts";

/**
 * Flags that say how the work of a step is laid out: less memory for more time, and the same
 * numbers but for rounding. What is left out follows from the width of the network.
 */
export const layoutFlags = {
  accumulate: {
    kind: "integer",
    min: 1,
    max: 65536,
    about: "Parts of a batch that are computed one after the other",
    otherwise: "1",
  },
  chunk: {
    kind: "integer",
    min: 1,
    max: 34,
    orNone: true,
    about: "Views of the student that are computed at a time",
    otherwise: "none: all of them",
  },
  recompute: {
    kind: "switch",
    about: "Compute the insides of blocks anew for the gradient",
    otherwise: "on from width 768",
  },
} as const satisfies Flags;
