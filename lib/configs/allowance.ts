import type { Backend } from "../compile/mod.ts";
import type { ImageCounts } from "../datasets/mod.ts";

/** What a table may cost, so that it takes some ten minutes on two cores. */
export type Allowance = {
  /** Minutes of training, unless another length is requested. */
  minutes: number;
  /** Images that are scored; `null` for all. */
  scored: ImageCounts | null;
  /** Numbers of the largest linear probe that is tried. */
  largestProbe: number;
};

const slow: Allowance = {
  minutes: 5,
  scored: { train: 1000, test: 500 },
  largestProbe: 5e5,
};

/** What a table may cost on each backend. */
export const allowances: Readonly<Record<Backend, Allowance>> = Object.freeze({
  tensorflow: { minutes: 7, scored: null, largestProbe: 2e6 },
  wasm: slow,
  cpu: slow,
});
