import type * as tf from "@tensorflow/tfjs";
import type { Skipped } from "../datasets/mod.ts";

/** What a step gives beside the next state, as tensors. */
export type StepFacts = {
  /** Losses by name; `total` is the one that is learned from. */
  losses: { total: tf.Scalar } & Record<string, tf.Scalar>;
  /** Signs of health by name. */
  signs: Record<string, tf.Scalar>;
  /** Global norm of the gradient before clipping. */
  gradientNorm: tf.Scalar;
};

/** The same as numbers. */
export type FactNumbers = {
  losses: { total: number } & Record<string, number>;
  signs: Record<string, number>;
  gradientNorm: number;
};

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

/** Reads the numbers of a step, and waits for it thereby. */
export function numbersOf({ losses, signs, gradientNorm }: StepFacts): FactNumbers {
  const read = (scalars: Record<string, tf.Scalar>) =>
    Object.fromEntries(
      Object.entries(scalars).map(([name, scalar]) => [name, numberOf(scalar)]),
    );
  return {
    losses: read(losses) as FactNumbers["losses"],
    signs: read(signs),
    gradientNorm: numberOf(gradientNorm),
  };
}

/** Reads a scalar. */
export function numberOf(scalar: tf.Scalar): number {
  return scalar.dataSync()[0]!;
}

/**
 * A fact as one line of JSON, for a run's metrics: losses and signs stand beside the rest, by their
 * names.
 *
 * @param fact With the `seconds` of training until then, where they are known.
 */
export function toJsonLine(
  { step, steps, epoch, losses, signs, ...rest }: Fact & { seconds?: number },
): string {
  const entries = Object.entries({ step, steps, epoch, ...losses, ...signs, ...rest })
    .filter(([, value]) => typeof value === "number" || typeof value === "string")
    .map(([name, value]) => [name, typeof value === "number" ? +value.toPrecision(6) : value]);
  return JSON.stringify(Object.fromEntries(entries)) + "\n";
}

/**
 * The numbers of a fact for TensorBoard, which shows those of a group together: losses and signs
 * are groups.
 */
export function scalarsOf(
  { losses, signs, step: _, steps: __, secondsLeft: ___, ...rest }: Fact,
): Record<string, number> {
  const group = (group: string, numbers: Record<string, number>) =>
    Object.entries(numbers).map(([name, number]) => [`${group}/${name}`, number] as const);
  const entries = [...group("losses", losses), ...Object.entries(rest), ...group("signs", signs)];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
