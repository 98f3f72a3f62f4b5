import { fastPrecision, type Precision } from "../compile/mod.ts";
import type { PretrainConfig } from "./config.ts";

/** The precision of a run's matrix products on this machine. */
export function precisionOf({ precision }: Pick<PretrainConfig, "precision">): Precision {
  return precision === "auto" ? fastPrecision() : precision;
}
