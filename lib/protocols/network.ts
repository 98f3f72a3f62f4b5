import type * as tf from "@tensorflow/tfjs";
import { compile, type Precision } from "../compile/mod.ts";
import { imageFeatures, type Vit } from "../models/mod.ts";
import type { Embed } from "./features.ts";

/**
 * A ViT as a maker of features: images to class tokens after the last norm, compiled. The relation blocks and the heads
 * have no part in it. Dispose of it after use; the parameters stay the caller's.
 *
 * @param options `precision` is that of matrix products.
 */
export function network(
  parameters: Vit,
  { heads, precision = "float32" }: { heads: number; precision?: Precision },
): Embed & Disposable {
  const { relation_blocks: _, ...backbone } = parameters;
  const forward = compile(
    (p: Vit, images: tf.Tensor4D): tf.Tensor2D => imageFeatures(images, p, { heads }),
    { name: "network", precision },
  );
  return Object.assign((images: tf.Tensor4D) => forward(backbone, images), {
    [Symbol.dispose]: () => forward[Symbol.dispose](),
  });
}
