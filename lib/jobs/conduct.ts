import type { Flags } from "../cli/mod.ts";

/** How a run is carried out, which does not change its numbers. */
export type Conduct = {
  /** Seconds between checkpoints. */
  saveEvery: number;
  /** How many checkpoints are kept. */
  keep: number;
  /** How often, at most, a training that diverges goes back. */
  maxRollbacks: number;
};

/** The flags that say it. */
export const conductFlags = {
  "save-every": {
    kind: "number",
    min: 0,
    max: 1e6,
    about: "Seconds between checkpoints, 0 for every step [120]",
  },
  keep: { kind: "integer", min: 1, max: 10000, about: "Newest checkpoints that are kept [1]" },
  "max-rollbacks": {
    kind: "integer",
    min: 0,
    max: 1000,
    about: "Times that a diverging training goes back to its checkpoint [3]",
  },
} as const satisfies Flags;

/** What the command line says of it. */
export function conductOf(values: Record<string, unknown>): Conduct {
  return {
    saveEvery: (values["save-every"] as number | undefined) ?? 120,
    keep: (values.keep as number | undefined) ?? 1,
    maxRollbacks: (values["max-rollbacks"] as number | undefined) ?? 3,
  };
}
