import type { Fact } from "../training/mod.ts";

/** A fact about a run, for tests of what shows it. */
export const fact: Fact = {
  step: 10,
  steps: 100,
  epoch: 0.5,
  losses: { instance: 6.123456789, localGroup: 5, group: 7, total: 6.04 },
  signs: { spread: 0.9, targetEntropy: 2, prototypeEntropy: 4 },
  gradientNorm: 1.5,
  rate: 1e-3,
  imagesPerSecond: 450,
  waitShare: 0.05,
  secondsLeft: 75,
  collapse: null,
  skipped: [],
};
