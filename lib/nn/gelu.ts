import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";

const logSqrtPi = 0.5 * Math.log(Math.PI);

/** The exact GELU, x Φ(x) with Φ from the error function; not the tanh approximation. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return exactGelu(x) as T;
}

/** The derivative of {@linkcode gelu}: Φ(x) + x φ(x). */
export function geluSlope<T extends tf.Tensor>(x: T): T {
  return slope(inside(x)) as T;
}

const exactGelu = customGradient(
  (x: tf.Tensor) => {
    const { t, probability } = inside(x);
    return { value: x.mul(probability), saved: { t, probability } };
  },
  (dy, saved) => [slope(saved).mul(dy)],
);

/** x / √2, and Φ(x). */
function inside(x: tf.Tensor): { t: tf.Tensor; probability: tf.Tensor } {
  const t = x.mul(Math.SQRT1_2);
  return { t, probability: t.erf().add(1).mul(0.5) };
}

/** Φ(x) + x φ(x), where x φ(x) = t exp(-t²) / √π. */
function slope({ t, probability }: ReturnType<typeof inside>): tf.Tensor {
  return tf.sub(-logSqrtPi, t.square()).exp().mul(t).add(probability);
}
