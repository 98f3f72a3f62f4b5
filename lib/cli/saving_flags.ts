import type { Flags } from "./flag.ts";

/** Flags that say how a run is saved and recovered, which does not change its numbers. */
export const savingFlags = {
  saveEvery: {
    kind: "number",
    min: 0,
    max: 1e6,
    default: 120,
    about: "Seconds between checkpoints, the first within 20; 0 saves every step",
  },
  keep: { kind: "integer", min: 1, max: 10000, default: 1, about: "Newest checkpoints to keep" },
  maxRollbacks: {
    kind: "integer",
    min: 0,
    max: 1000,
    default: 3,
    about: "Times that a diverging training goes back to its checkpoint",
  },
} as const satisfies Flags;
