import type { Sample } from "../datasets/mod.ts";
import {
  type ClassifierFact,
  evaluateClassifier,
  type EvaluateClassifierOptions,
  type Score,
} from "../protocols/mod.ts";
import type { Observer } from "./observer.ts";
import { withScores } from "./with_scores.ts";

/** A fact with the scores of its state, where it was evaluated. */
export type EvaluatedFact = ClassifierFact & {
  top1?: number;
  top5?: number;
  perClass?: number;
  testLoss?: number;
};

/** Options of {@linkcode evaluating}. */
export type EvaluatingOptions = EvaluateClassifierOptions & {
  /** The images that it is scored on. */
  samples: Sample[];
  /** Steps between evaluations; the last step is always evaluated. */
  every: number;
  observer: Observer;
};

/** Passes facts on, now and then with the scores of their states on the test part. */
export function evaluating(
  facts: AsyncIterable<ClassifierFact>,
  { samples, every, observer, ...options }: EvaluatingOptions,
): AsyncGenerator<EvaluatedFact, void, void> {
  const score = async ({ step, epoch, state: { model } }: ClassifierFact) => {
    const { loss: testLoss, ...scores } = await evaluateClassifier(samples, model, options);
    const after = Number.isInteger(epoch) ? `epoch ${epoch}` : `step ${step}`;
    observer.tell(
      `after ${after}: ${scoresText(scores)}, test loss ${testLoss.toFixed(3)}`,
    );
    return { ...scores, testLoss };
  };
  return withScores(facts, { every, score });
}

/** Scores for the eye, in percent. */
export function scoresText({ top1, top5, perClass }: Score): string {
  const mean = perClass === undefined ? "" : `, mean per class ${perClass.toFixed(2)} %`;
  return `top-1 ${top1.toFixed(2)} %, top-5 ${top5.toFixed(2)} %${mean}`;
}
