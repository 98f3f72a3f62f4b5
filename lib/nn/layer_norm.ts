import * as tf from "@tensorflow/tfjs";

/** Parameters of a layer normalization: both `[width]`. */
export type LayerNorm = { weight: tf.Tensor1D; bias: tf.Tensor1D };

/**
 * Zero mean and unit variance over the last axis, then scale and shift. The gradient is written out: it shares the
 * normalized values with the forward pass and takes half the operations of the composed one.
 */
export function layerNorm<T extends tf.Tensor>(x: T, p: LayerNorm, epsilon = 1e-6): T {
  return normalizeLayer(epsilon)(x, p.weight, p.bias) as T;
}

function normalizeLayer(epsilon: number) {
  return tf.customGrad((...args) => {
    const [x, weight, bias, save] = args as unknown as [
      tf.Tensor,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const distance = x.sub(x.mean(-1, true));
    const scale = distance.square().mean(-1, true).add(epsilon).rsqrt(); // [..., 1]
    const normalized = distance.mul(scale);
    save([normalized, scale, weight]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [normalized, scale, weight] = saved;
      const rows = x.shape.slice(0, -1).map((_, axis) => axis);
      const along = dy.mul(normalized);
      const inner = dy.mul(weight);
      const dx = inner.sub(inner.mean(-1, true))
        .sub(normalized.mul(inner.mul(normalized).mean(-1, true))).mul(scale);
      return [dx, along.sum(rows), dy.sum(rows)];
    };
    return { value: normalized.mul(weight).add(bias), gradFunc };
  });
}
