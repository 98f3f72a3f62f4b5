import * as tf from "@tensorflow/tfjs";

/**
 * ‖x‖₂ along one or more axes, which stay with size 1 where `keepDims`, or over all. One operation where
 * the backend has one; it has no gradient of its own.
 */
export function euclideanNorm(
  x: tf.Tensor,
  { axis, keepDims = false }: { axis?: number | number[]; keepDims?: boolean } = {},
): tf.Tensor {
  if (!tf.getKernel("EuclideanNorm", tf.getBackend())) {
    return x.square().sum(axis, keepDims).sqrt();
  }
  const axes = tf.util.parseAxisParam(axis as number | number[], x.shape);
  return tf.engine().runKernel("EuclideanNorm", { x }, { axes, keepDims }) as tf.Tensor;
}
