import { fastPrecision, type Precision } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";

/** The precision of a run's matrix products on this machine. */
export function precisionOf({ precision }: Pick<Config, "precision">): Precision {
  return precision === "auto" ? fastPrecision() : precision;
}
