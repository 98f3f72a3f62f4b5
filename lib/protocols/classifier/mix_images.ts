import * as tf from "@tensorflow/tfjs";
import type { Mix } from "../../transforms/mod.ts";

/**
 * Mixes images `[batch, height, width, 3]` with their counterparts, counted from the other end of
 * the batch.
 *
 * Source: timm's `Mixup` in its mode `batch`.
 */
export function mixImages(images: tf.Tensor4D, { share, region }: Mix): tf.Tensor4D {
  if (share === 1) return images.clone();
  if (!region) return images.mul(share).add(images.reverse(0).mul(1 - share));
  const [, height, width] = images.shape;
  const { left, top } = region;
  const inside = tf.pad(tf.ones([region.height, region.width, 1]), [
    [top, height - top - region.height],
    [left, width - left - region.width],
    [0, 0],
  ]);
  return tf.where(inside.toBool(), images.reverse(0), images);
}
