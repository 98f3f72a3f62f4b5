import type { Dataset, Sample } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import { dispose } from "../tree/mod.ts";
import { evalSide, type EvalView } from "./eval_view.ts";
import { type FeatureOptions, features } from "./features.ts";
import type { Features } from "./score.ts";

/** Features of both parts of a data set. */
export type FeaturePair = { train: Features; test: Features };

/** How features of both parts are made. */
export type ExtractOptions = EvalView & Pick<FeatureOptions, "onProgress" | "processes">;

/**
 * The features that an encoder makes of both parts of a data set.
 *
 * @throws {RangeError} If a part is empty, or a feature is not finite.
 */
export async function extract(
  data: Dataset,
  { embed }: Pick<Encoder, "embed">,
  { onProgress, processes, ...view }: ExtractOptions,
): Promise<FeaturePair> {
  const part = (samples: Sample[], before: number) =>
    features(embed, samples, {
      size: evalSide(view),
      evalCrop: view.evalCrop,
      classes: data.classes,
      onProgress: (done) => onProgress?.(before + done),
      processes,
    });
  const train = await part(data.train, 0);
  return { train, test: await part(data.test, data.train.length) };
}

/** Frees the features of both parts, or of one where there is no test part. */
export function disposePair(
  { train, test }: { train: Features; test: Features | null },
): void {
  for (const part of [train, test]) if (part) dispose(part.x, part.labels);
}
