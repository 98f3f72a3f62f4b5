import * as tf from "@tensorflow/tfjs";
import { imagenetDeviation, imagenetMean, photometricPlaces as places } from "../transforms/mod.ts";
import { blurBytes } from "./device_blur.ts";
import { lumaOf, turnHues } from "./device_colors.ts";

/**
 * Changes views as their draws say and normalizes them: what {@linkcode changePhotometrically}
 * makes of each on the processor, with whole numbers from 0 to 255 in between; a few bytes differ
 * by 1 where a compiler rounds otherwise.
 *
 * @param shares Bytes divided by 255, `[views, height, width, 3]`.
 * @param numbers The changes, `[views, PHOTOMETRIC_NUMBERS]`.
 */
export function changeViews(shares: tf.Tensor4D, numbers: tf.Tensor2D): tf.Tensor4D {
  /** The number at a place, for each view: `[views, 1, 1, 1]`. */
  const at = (place: number) =>
    numbers.slice([0, place], [-1, 1]).reshape<tf.Tensor4D>([-1, 1, 1, 1]);
  let x: tf.Tensor4D = shares.mul<tf.Tensor4D>(255).round();
  x = adjust(x, [0, 2, 4].map((i) => [at(places.before + i), at(places.before + i + 1)]));
  x = tf.where(at(places.hue).greaterEqual(0), turnHues(x, at(places.hue)), x);
  x = adjust(x, [0, 2, 4].map((i) => [at(places.after + i), at(places.after + i + 1)]));
  x = tf.where(at(places.grayscale).greater(0), lumaOf(x), x);
  x = blurBytes(x, [0, 1, 2].map((i) => [at(places.blur + i), at(places.blur + 3 + i)]));
  const inverted = x.greaterEqual(128).logicalAnd(at(places.solarize).greater(0));
  x = tf.where(inverted, tf.sub(255, x), x);
  return x.div(255).sub(tf.tensor1d([...imagenetMean])).div(tf.tensor1d([...imagenetDeviation]));
}

/**
 * Brightness (0), contrast (1) and saturation (2), each by a factor, in the order of the list: a
 * step from black, from the view's mean luma or from the pixel's luma toward the pixel.
 */
function adjust(x: tf.Tensor4D, list: readonly (readonly tf.Tensor4D[])[]): tf.Tensor4D {
  for (const [kind, factor] of list as [tf.Tensor4D, tf.Tensor4D][]) {
    const luma = lumaOf(x);
    const pixels = luma.shape[1] * luma.shape[2];
    const mean = luma.sum([1, 2, 3], true).div(pixels).add(0.5).floor(); // [views, 1, 1, 1]
    const origin = tf.where(kind.equal(1), mean, tf.where(kind.equal(2), luma, tf.zerosLike(luma)));
    x = tf.clipByValue(factor.mul(x.sub(origin)).add<tf.Tensor4D>(origin), 0, 255).floor();
  }
  return x;
}
