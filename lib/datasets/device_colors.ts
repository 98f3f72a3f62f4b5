import * as tf from "@tensorflow/tfjs";

/** Where one thing holds the first, elsewhere the second. */
const choose = (condition: tf.Tensor, yes: tf.Tensor, no: tf.Tensor) =>
  tf.where(condition, yes, no) as tf.Tensor4D;

/** The luma of pixels, `[views, height, width, 1]`, by Pillow's integer weights. */
export function lumaOf(x: tf.Tensor4D): tf.Tensor4D {
  // All of these are whole numbers below 2^24, which float32 adds exactly.
  const weighted = x.mul(tf.tensor1d([19595, 38470, 7471])).sum(3, true);
  return weighted.add(0x8000).div<tf.Tensor4D>(0x10000).floor();
}

/**
 * Turns the hue of each view by 256ths of the circle, as `turnHue` of the kernels does for
 * processors: hue and saturation are bytes in between.
 *
 * @param x Whole numbers from 0 to 255, `[views, height, width, 3]`.
 * @param turn `[views, 1, 1, 1]`.
 */
export function turnHues(x: tf.Tensor4D, turn: tf.Tensor4D): tf.Tensor4D {
  const [red, green, blue] = tf.split(x, 3, 3) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  const most = tf.maximum<tf.Tensor4D>(red, tf.maximum(green, blue));
  const spread = most.sub<tf.Tensor4D>(tf.minimum(red, tf.minimum(green, blue)));
  const hue = hueOf([red, green, blue], { most, spread }).mul(255).floor().add(turn);
  const saturation = spread.div(most.maximum(1)).mul(255).floor().div(255);
  const sixfold = hue.sub(hue.div(256).floor().mul(256)).mul(6); // of a hue from 0 to 255
  const sixth = sixfold.div(255).floor();
  const within = sixfold.sub(sixth.mul(255)).div(255);
  // The changing channel falls in odd sixths and rises in even ones.
  const odd = sixth.sub(sixth.div(2).floor().mul(2)).equal(1);
  const way = choose(odd, within, tf.sub(1, within));
  const changing = most.mul(tf.sub(1, saturation.mul(way))).add(0.5).floor();
  const low = most.mul(tf.sub(1, saturation)).add(0.5).floor();
  // Each channel goes through the same six roles, two sixths after the next one.
  const place = sixth.add(tf.tensor1d([0, 4, 2]));
  const role = place.sub(place.div(6).floor().mul(6)).sub(2.5).abs(); // 2.5 most, 0.5 low
  return choose(role.greater(2), most, choose(role.greater(1), changing, low));
}

/** Hues as parts of the circle, `[views, height, width, 1]`. */
function hueOf(
  [red, green, blue]: [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D],
  { most, spread }: { most: tf.Tensor4D; spread: tf.Tensor4D },
): tf.Tensor4D {
  const isRed = red.equal(most), isGreen = green.equal(most);
  const byGreatest = (r: tf.Tensor, g: tf.Tensor, b: tf.Tensor) =>
    choose(isRed, r, choose(isGreen, g, b));
  /** How far a channel is from the greatest, as a share of the spread. */
  const away = (channel: tf.Tensor) => most.sub(channel).div(spread.maximum(1));
  const p = away(byGreatest(blue, red, green)), q = away(byGreatest(green, blue, red));
  const base = byGreatest(tf.zerosLike(red), tf.fill(red.shape, 2), tf.fill(red.shape, 4));
  // Of two shares the one that is 1 goes first, so that each hue is rounded once.
  const hue = choose(p.equal(1), base.add(1).sub(q), base.sub(1).add(p)).div<tf.Tensor4D>(6);
  return choose(hue.less(0), hue.add(1), hue);
}
