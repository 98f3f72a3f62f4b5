import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { encodeTokens, memoryQuery, normTokens, patchMean, type Vit } from "../models/mod.ts";
import type { Seen } from "./extract.ts";
import { type Embed, features } from "./features.ts";
import type { Features } from "./score.ts";

/**
 * What the local-group supervision compares, without augmentation: of the images to learn from the rows that a memory keeps
 * (mean patch tokens after the last norm), of those to be tested on what they ask it for (the mean of all tokens before the
 * norm). The nearest rows of a query are its local group.
 */
export async function localGroupFeatures(
  data: Dataset,
  vit: Vit,
  { heads, imageSize, evalSize, evalCrop }: Seen,
): Promise<{ train: Features; test: Features }> {
  const { relation_blocks: _, ...backbone } = vit;
  using rows = compile((p: Vit, images: tf.Tensor4D): tf.Tensor2D =>
    patchMean(normTokens(encodeTokens(images, p, { heads }), p))
  );
  using queries = compile((p: Vit, images: tf.Tensor4D): tf.Tensor2D =>
    memoryQuery(encodeTokens(images, p, { heads }))
  );
  const options = { size: evalSize ?? imageSize, evalCrop, classes: data.classes };
  const by = (f: typeof rows): Embed => (images) => f(backbone, images);
  return {
    train: await features(by(rows), data.train, options),
    test: await features(by(queries), data.test, options),
  };
}
