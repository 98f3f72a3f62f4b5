import type { CocoSet } from "../datasets/mod.ts";
import { type DetectionFact, evaluateDetection, type FindOptions } from "../dense/mod.ts";
import type { CocoStatistics } from "../metrics/mod.ts";
import type { Observer } from "./observer.ts";
import { withScores } from "./with_scores.ts";

/** Average precision of boxes and of masks in percent; at most one, 50 and 75 % overlap. */
export type ObjectScores = Record<`${"box" | "mask"}AP${"" | "50" | "75"}`, number>;

/** A fact with the scores of its state, where it was evaluated. */
export type ScoredDetectionFact = DetectionFact & Partial<ObjectScores>;

/** Options of {@linkcode scoringObjects}. */
export type ScoringObjectsOptions = FindOptions & {
  /** The images that it is scored on, and the categories. */
  data: Pick<CocoSet, "test" | "categories">;
  /** Steps between evaluations; the last step is always evaluated. */
  every: number;
  observer: Observer;
};

/** Passes facts on, now and then with the scores of their states on the validation part. */
export function scoringObjects(
  facts: AsyncIterable<DetectionFact>,
  { data: { test, categories }, every, observer, ...options }: ScoringObjectsOptions,
): AsyncGenerator<ScoredDetectionFact, void, void> {
  const total = test.length;
  const onImage = (done: number) => observer.count?.({ what: "images", done, total });
  const score = async ({ step, state: { model } }: DetectionFact): Promise<ObjectScores> => {
    const { box, mask } = await evaluateDetection(test, model, { ...options, categories, onImage });
    const scores = { ...percent("box", box.statistics), ...percent("mask", mask.statistics) };
    observer.tell(`after step ${step}: ${objectText(scores)}`);
    return scores;
  };
  return withScores(facts, { every, score });
}

/** The precisions of boxes or masks in percent; 0 where there is nothing to find. */
function percent(kind: "box" | "mask", { AP, AP50, AP75 }: CocoStatistics): ObjectScores {
  const entries = Object.entries({ AP, AP50, AP75 })
    .map(([name, share]) => [`${kind}${name}`, 100 * Math.max(0, share)]);
  return Object.fromEntries(entries);
}

/** Scores for the eye. */
export function objectText(scores: ObjectScores): string {
  const of = (kind: "box" | "mask") =>
    `${kind} AP ${scores[`${kind}AP`].toFixed(2)} % (at 50 % overlap ` +
    `${scores[`${kind}AP50`].toFixed(2)} %)`;
  return `${of("box")}, ${of("mask")}`;
}
