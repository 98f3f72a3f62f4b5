import * as tf from "@tensorflow/tfjs";

/**
 * The logarithm of the sum of exponentials along the last axis. Unlike `tf.logSumExp` it takes the
 * exponentials once, for the value and the gradient, and sends no gradient through the maximum.
 */
export const logSumExp: (x: tf.Tensor) => tf.Tensor = tf.customGrad((x, save) => {
  const [logits, keep] = [x as tf.Tensor, save as tf.GradSaveFunc];
  const highest = logits.max(-1, true);
  const shares = logits.sub(highest).exp();
  const sum = shares.sum(-1, true);
  keep([shares, sum]);
  return {
    value: sum.log().add(highest).squeeze([-1]),
    gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
      const [shares, sum] = saved as [tf.Tensor, tf.Tensor];
      return shares.mul(dy.expandDims(-1).div(sum));
    },
  };
});
