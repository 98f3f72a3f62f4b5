import type { Dataset } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import { baselines as baselinePairs } from "./baselines.ts";
import type { EvalView } from "./eval_view.ts";
import { type Count, type Evaluation, type LevelScores, scoreFeatures } from "./score_features.ts";
import { disposePair, extract, type FeaturePair } from "./extract.ts";

/** The scores of an encoder, or of a baseline, which needs none. */
export type MethodScores = {
  method: string;
  kind: "trained" | "untrained" | "plain";
  scores: LevelScores[];
};

/** What is scored, and how. */
export type ScoreOptions = EvalView & Evaluation & {
  /** Whether raw pixels and color histograms are scored, too: after the encoders. */
  baselines?: boolean;
};

/**
 * Scores encoders on a data set, one after the other: features of both parts, once, then k-NN and
 * linear probe at every level of the labels. The features are freed; the encoders stay the
 * caller's.
 *
 * @throws {RangeError} If a part of the data is empty, or a feature is not finite.
 */
export async function scoreAll(
  data: Dataset,
  encoders: readonly Encoder[],
  { baselines = false, onProgress, ...settings }: ScoreOptions,
): Promise<MethodScores[]> {
  const total = data.train.length + data.test.length;
  const counted = (what: string) => ({
    ...settings,
    onProgress: (done: number) => onProgress?.({ what, done, total }),
  });
  const perClass = settings.perClass ?? data.usual?.score === "perClass";
  const scored: MethodScores[] = [];
  const score = async (method: string, kind: MethodScores["kind"], pair: FeaturePair) => {
    const named = (count: Count) => onProgress?.({ ...count, what: `${method}, ${count.what}` });
    const largestProbe = settings.largestProbe ?? (kind === "trained" ? Infinity : undefined);
    const options = { ...settings, perClass, largestProbe, onProgress: named };
    scored.push({ method, kind, scores: await scoreFeatures(pair.train, pair.test, options) });
    disposePair(pair);
  };
  for (const encoder of encoders) {
    const pair = await extract(data, encoder, counted(`features of ${encoder.name}`));
    await score(encoder.name, encoder.trained ? "trained" : "untrained", pair);
  }
  if (baselines) {
    const pairs = await baselinePairs(data, counted("baselines"));
    for (const [name, pair] of Object.entries(pairs)) await score(name, "plain", pair);
  }
  return scored;
}
