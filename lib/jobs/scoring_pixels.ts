import type { LabeledSample } from "../datasets/mod.ts";
import { evaluateSegmentation, type PredictOptions, type SegmentationFact } from "../dense/mod.ts";
import type { Observer } from "./observer.ts";
import { withScores } from "./with_scores.ts";

/** How well classes of pixels are told, in percent. */
export type PixelScore = {
  /** The mean over classes of intersection over union. */
  mIoU: number;
  /** The mean over classes of the share of their pixels that is right. */
  mAcc: number;
  /** The share of all pixels that is right. */
  aAcc: number;
};

/** A fact with the scores of its state, where it was evaluated. */
export type ScoredFact = SegmentationFact & Partial<PixelScore>;

/** Options of {@linkcode scoringPixels}. */
export type ScoringPixelsOptions = PredictOptions & {
  /** The images that it is scored on. */
  samples: readonly LabeledSample[];
  /** Steps between evaluations; the last step is always evaluated. */
  every: number;
  observer: Observer;
};

/** Passes facts on, now and then with the scores of their states on the validation part. */
export function scoringPixels(
  facts: AsyncIterable<SegmentationFact>,
  { samples, every, observer, ...options }: ScoringPixelsOptions,
): AsyncGenerator<ScoredFact, void, void> {
  const total = samples.length;
  const onImage = (done: number) => observer.count?.({ what: "images", done, total });
  const score = async ({ step, state: { model } }: SegmentationFact): Promise<PixelScore> => {
    const shares = await evaluateSegmentation(samples, model, { ...options, onImage });
    const { mIoU, mAcc, aAcc } = shares;
    const scores = { mIoU: 100 * mIoU, mAcc: 100 * mAcc, aAcc: 100 * aAcc };
    observer.tell(`after step ${step}: ${pixelText(scores)}`);
    return scores;
  };
  return withScores(facts, { every, score });
}

/** Scores for the eye. */
export function pixelText({ mIoU, mAcc, aAcc }: PixelScore): string {
  return `mIoU ${mIoU.toFixed(2)} %, mAcc ${mAcc.toFixed(2)} %, aAcc ${aAcc.toFixed(2)} %`;
}
