import { type BatchesConfig, stepsPerEpoch } from "../datasets/mod.ts";
import type { MugsConfig } from "../methods/mod.ts";

/** A length of training: epochs, or a percentage of the whole run. */
export type Span = number | `${number}%`;

/** How the student learns and the teacher follows. */
export type OptimConfig = {
  optimizer: "adamw" | "sgd" | "lars";
  /** AdamW's decays of its two averages, 0.9 and 0.999 by default, and what keeps it from dividing by 0, 1e-8. */
  adamBetas?: [number, number];
  adamEpsilon?: number;
  learningRate: number;
  /** The batch for which the rate is meant; others scale it in proportion. Without one it is taken as it is. */
  learningRateBatch: number | null;
  minLearningRate: number;
  warmup: Span;
  weightDecay: number;
  weightDecayEnd: number;
  /** The patch embedding's rate as a multiple. */
  patchEmbedRate: number;
  /** Greatest norm of each tensor's gradient; 0 for any. */
  clipGradient: number;
  /** When that norm becomes a tenth, as in the official ViT-L; never by default. */
  tightenClip?: Span | null;
  /** How long the prototypes stay as they are. */
  freezeLastLayer: Span;
  /** At the start; it rises to 1. */
  teacherMomentum: number;
  teacherTemperature: number;
  warmupTeacherTemperature: number;
  teacherTemperatureWarmup: Span;
};

/** A run as a whole. */
export type RunConfig = {
  preset: string;
  arch: string;
  batchSize: number;
  epochs: number;
  /** Steps of the whole run; they stand in for `epochs` where given. */
  steps: number | null;
  seed: number;
  /**
   * Of matrix products; everything else is float32. `auto` is bfloat16 where the processor has instructions for it. Only
   * the backend `tensorflow` knows bfloat16.
   */
  precision: "auto" | "float32" | "bfloat16";
};

/** All that pre-training depends on beside its data. */
export type PretrainConfig = MugsConfig & BatchesConfig["crops"] & OptimConfig & RunConfig;

/** The length of a run in steps. */
export type Length = { steps: number; stepsPerEpoch: number };

/**
 * The length of a run over `count` images.
 *
 * @throws {RangeError} If there are no images, or the run has no step.
 */
export function lengthOf(
  { epochs, steps, batchSize }: Pick<RunConfig, "epochs" | "steps" | "batchSize">,
  count: number,
): Length {
  if (count < 1) throw new RangeError("Cannot train on 0 images");
  const perEpoch = stepsPerEpoch(count, batchSize);
  const length = { steps: steps ?? Math.round(epochs * perEpoch), stepsPerEpoch: perEpoch };
  if (length.steps >= 1) return length;
  throw new RangeError(`Cannot train for ${length.steps} steps: give more epochs, or steps`);
}

/** A span in steps, rounded. */
export function stepsOf(span: Span, { steps, stepsPerEpoch }: Length): number {
  if (typeof span === "number") return Math.round(span * stepsPerEpoch);
  return Math.round(parseFloat(span) / 100 * steps);
}
