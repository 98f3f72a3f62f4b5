/** A length of training: epochs, or a percentage of the whole run. */
export type Span = number | `${number}%`;

/** The length of a run in steps. */
export type Length = { steps: number; stepsPerEpoch: number };

/** How a student is optimized. */
export type OptimConfig = {
  /** LARS is that of DINO, MoCo-v3 and BYOL; SimCLR's applies its factors in another order. */
  optimizer: "adamw" | "sgd" | "lars" | "lars_simclr" | "larc";
  /**
   * Decays of AdamW's two averages, 0.9 and 0.999 by default, and what keeps it from dividing by 0,
   * 1e-8.
   */
  adamBetas?: [number, number];
  adamEpsilon?: number;
  learningRate: number;
  /**
   * The batch for which the rate is meant; others scale it in proportion. Without one it is taken
   * as it is.
   */
  learningRateBatch: number | null;
  minLearningRate: number;
  warmup: Span;
  weightDecay: number;
  weightDecayEnd: number;
  /** The patch embedding's rate as a multiple. */
  patchEmbedRate: number;
  /** Greatest norm of each tensor's gradient; 0 for no limit. */
  clipGradient: number;
  /** When that norm becomes a tenth, as in the official ViT-L; never by default. */
  tightenClip?: Span | null;
  /** How long the prototypes stay as they are. */
  freezeLastLayer: Span;
};

/** A span in steps, rounded. */
export function stepsOf(span: Span, { steps, stepsPerEpoch }: Length): number {
  if (typeof span === "number") return Math.round(span * stepsPerEpoch);
  return Math.round(parseFloat(span) / 100 * steps);
}
