/** A value for every step of a run. */
export type Schedule = (step: number) => number;

/** Options of {@linkcode cosine}. */
export type CosineOptions = {
  /** Steps that rise linearly from `warmupStart` to the base. */
  warmup?: number;
  warmupStart?: number;
  /**
   * Whether the last step of the warm-up has the base rate already, as in DINO and SwAV; if not,
   * the step after it is the first, as in MoCo-v3, SimCLR and BYOL.
   */
  reached?: boolean;
};

/**
 * A cosine from `base` toward `final` over `steps`, after a linear warm-up: the reference's
 * `cosine_scheduler`, in float64. The last step lies just before `final`; later steps, which no run
 * has, would stay at `final`.
 *
 * @throws {RangeError} If the warm-up is longer than the run.
 */
export function cosine(
  [base, final]: readonly [base: number, final: number],
  steps: number,
  { warmup = 0, warmupStart = 0, reached = true }: CosineOptions = {},
): Schedule {
  if (warmup > steps) {
    throw new RangeError(`Cannot warm up for ${warmup} of ${steps} steps: shorten the warm-up`);
  }
  const rises = reached ? warmup - 1 : warmup;
  const slope = rises > 0 ? (base - warmupStart) / rises : 0;
  return (step) => {
    if (step === rises && warmup > 1) return base;
    if (step < warmup) return warmupStart + slope * step;
    const share = Math.min(1, (step - warmup) / (steps - warmup));
    return final + 0.5 * (base - final) * (1 + Math.cos(Math.PI * share));
  };
}

/**
 * A straight line from `base` to `final`, both included, over the first steps; then `final`. A line
 * of one step is `base`, as NumPy's `linspace` has it.
 */
export function ramp([base, final]: readonly [number, number], steps: number): Schedule {
  if (steps === 1) return (step) => step === 0 ? base : final;
  return (step) => step < steps - 1 ? base + (final - base) * step / (steps - 1) : final;
}
