/** How a run is saved and recovered, which does not change its numbers. */
export type Saving = {
  /** Seconds between checkpoints; 0 saves every step. */
  saveEvery: number;
  /** How many checkpoints are kept. */
  keep: number;
  /** How often, at most, a training that diverges goes back to its checkpoint. */
  maxRollbacks: number;
};

/** How a run is saved where nothing else is said. */
export const defaultSaving: Readonly<Saving> = { saveEvery: 120, keep: 1, maxRollbacks: 3 };
