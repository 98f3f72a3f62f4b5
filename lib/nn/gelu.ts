import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";

const logSqrtPi = 0.5 * Math.log(Math.PI);

/** The exact GELU, x Φ(x) with Φ from the error function; not the tanh approximation. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return exactGelu(x) as T;
}

const exactGelu = customGradient(
  (x: tf.Tensor) => {
    const t = x.mul(Math.SQRT1_2);
    const probability = t.erf().add(1).mul(0.5); // Φ(x)
    return { value: x.mul(probability), saved: { t, probability } };
  },
  // d/dx x Φ(x) = Φ(x) + x φ(x), and x φ(x) = t exp(-t²) / √π.
  (dy, { t, probability }) => [
    tf.sub(-logSqrtPi, t.square()).exp().mul(t).add(probability).mul(dy),
  ],
);
