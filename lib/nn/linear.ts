import * as tf from "@tensorflow/tfjs";
import { customGradient } from "./custom_gradient.ts";
import { gelu } from "./gelu.ts";

/** Parameters of a linear layer: weight `[out, in]`, bias `[out]`. */
export type Linear = { weight: tf.Tensor2D; bias?: tf.Tensor1D };

/** x weightᵀ + bias over the last axis, as one plain matrix product whatever the rank of `x`. */
export function linear<T extends tf.Tensor>(x: T, { weight, bias }: Linear): T {
  return overRows(x, weight, (rows): tf.Tensor2D => {
    if (bias && fuses()) return fused(rows, weight, bias);
    const product = tf.matMul(rows, weight, false, true);
    return (bias ? product.add(bias) : product) as tf.Tensor2D;
  });
}

/**
 * GELU of {@linkcode linear}: in one operation where the backend has one and no gradient is asked
 * for.
 */
export function linearGelu<T extends tf.Tensor>(x: T, p: Linear): T {
  const { weight, bias } = p;
  if (!bias || !fuses() || differentiating()) return gelu(linear(x, p));
  return overRows(x, weight, (rows) => run({ x: rows, weight, bias }, true));
}

/** Applies a function of rows `[rows, in]` over the last axis. */
function overRows<T extends tf.Tensor>(
  x: T,
  { shape: [out, width] }: tf.Tensor2D,
  f: (rows: tf.Tensor2D) => tf.Tensor2D,
): T {
  if (x.rank === 2) return f(x as tf.Tensor as tf.Tensor2D) as tf.Tensor as T;
  const y = f(x.reshape<tf.Tensor2D>([-1, width]));
  return y.reshape([...x.shape.slice(0, -1), out]) as tf.Tensor as T;
}

const fuses = () => tf.getKernel("FusedLinear", tf.getBackend()) !== undefined;

function run(inputs: Record<string, tf.Tensor>, gelu: boolean): tf.Tensor2D {
  return tf.engine().runKernel("FusedLinear", inputs, { gelu }) as tf.Tensor2D;
}

const fused = customGradient(
  (x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D) => ({
    value: run({ x, weight, bias }, false),
    saved: { x, weight },
  }),
  (dy, { x, weight }) => [
    tf.matMul(dy, weight),
    tf.matMul(dy, x, true, false),
    dy.sum(0),
  ],
);

/** Whether a gradient is being taken: then what it needs of the way has to be kept. */
export function differentiating(): boolean {
  return (tf.engine().state as unknown as { gradientDepth: number }).gradientDepth > 0;
}
