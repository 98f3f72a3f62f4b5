import type { Skipped } from "../datasets/mod.ts";
import type { Facts } from "./pass.ts";

/** What a step tells, as numbers. */
export type FactNumbers = { [name in keyof Facts]: number };

/** What is known after a step of a run. */
export type Fact = FactNumbers & {
  /** Steps done, and steps of the whole run. */
  step: number;
  steps: number;
  /** Epochs done, with the part of the current one. */
  epoch: number;
  /** The learning rate of the step. */
  rate: number;
  imagesPerSecond: number;
  /** The share of time spent waiting for data, of late. */
  waitShare: number;
  secondsLeft: number;
  /** A plain warning where the features have collapsed. */
  collapse: string | null;
  /** Images found unreadable since the step before. */
  skipped: Skipped[];
};

/** Reads what a step tells. */
export function numbers(facts: Facts): FactNumbers {
  return Object.fromEntries(
    Object.entries(facts).map(([name, tensor]) => [name, tensor.dataSync()[0]]),
  ) as FactNumbers;
}

/** A fact as one line of JSON, for a run's metrics; `seconds` of training until then may be added. */
export function toJsonLine(fact: Fact & { seconds?: number }): string {
  const shown = Object.entries(fact)
    .filter(([, value]) => typeof value === "number" || typeof value === "string")
    .map(([name, value]) => [name, typeof value === "number" ? +value.toPrecision(6) : value]);
  return JSON.stringify(Object.fromEntries(shown)) + "\n";
}
