import type { Dataset } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import { evalSide, type EvalView } from "./eval_view.ts";
import type { FeaturePair } from "./extract.ts";
import { features } from "./features.ts";

/** An encoder that tells what Mugs' memory keeps of images, and by what images ask it. */
export type Remembering = {
  memoryRows: Encoder["embed"];
  memoryQueries: Encoder["embed"];
};

/**
 * What the local-group supervision compares, without augmentation: the rows that a memory would
 * keep of the images to learn from, and the queries of those to be tested on. The nearest rows of a
 * query are its local group (Mugs, section 3.2).
 *
 * @throws {RangeError} If a part is empty, or a feature is not finite.
 */
export async function localGroupFeatures(
  data: Dataset,
  { memoryRows, memoryQueries }: Remembering,
  view: EvalView,
): Promise<FeaturePair> {
  const options = { size: evalSide(view), evalCrop: view.evalCrop, classes: data.classes };
  return {
    train: await features(memoryRows, data.train, options),
    test: await features(memoryQueries, data.test, options),
  };
}
