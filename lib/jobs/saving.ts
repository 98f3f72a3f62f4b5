/** How a run is saved and recovered, which does not change its numbers. */
export type Saving = {
  /** Seconds between checkpoints; 0 saves every step. */
  saveEvery: number;
  /** How many checkpoints are kept. */
  keep: number;
  /** How often, at most, a training that diverges goes back to its checkpoint. */
  maxRollbacks: number;
};
