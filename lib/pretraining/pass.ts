import type { StepFacts } from "../training/mod.ts";
import type { Named, Tree } from "../tree/mod.ts";

/** What the first half of a step gives to the second. */
export type Pass = Pick<StepFacts, "losses" | "signs"> & {
  gradients: Named;
  /** What the buffers take in. */
  intake: Named;
  /** The next running statistics, by the names of the networks' tensors. */
  statistics: { student: Tree; teacher: Tree };
};
