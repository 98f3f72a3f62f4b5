import * as tf from "@tensorflow/tfjs";

/**
 * Runs `f` off the record: no gradient flows through what it returns, as under PyTorch's `no_grad`.
 */
export function withoutGradient<T>(f: () => T): T {
  const { state } = tf.engine();
  const depth = state.gradientDepth;
  state.gradientDepth = 0; // how many gradients are being recorded around here
  try {
    return f();
  } finally {
    state.gradientDepth = depth;
  }
}
